namespace Distributed.Dashboard;

/// <summary>Who may see the pages.</summary>
/// <param name="Token">Demanded of every request; null on loopback, where whoever has the machine has the store.</param>
/// <param name="Port">Names the cookie: dashboards on one host do not log each other out.</param>
public sealed record DashboardAccess(AccessToken? Token, int Port)
{
    /// <summary>The cookie's name.</summary>
    public string CookieName => Invariant($"distributed-dashboard-{Port}");
}
