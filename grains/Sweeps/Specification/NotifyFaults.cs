using System.Text.RegularExpressions;

namespace Distributed.Sweeps;

/// <summary>What is wrong with a webhook. The console asks with lines and columns at hand, the sweep asks again.</summary>
public static partial class NotifyFaults
{
    /// <summary>What names of secrets begin with, so that a sweep can name no other variable of the silo.</summary>
    public const string SecretPrefix = "DISTRIBUTED_NOTIFY_";

    /// <summary>All faults, each with the key of the section.</summary>
    public static IEnumerable<(string Key, string Found, string Remedy)> Of(NotifySpec notify)
    {
        if (!Uri.TryCreate(notify.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
            yield return ("url", $"'{notify.Url}' is no http or https address", "Write https://host/path.");
        else if (url.UserInfo.Length > 0)
            yield return ("url", "it holds a user or a password", "Leave them out: a spec is written to logs. Check the signature at the receiver instead ('secret-env').");
        if (notify.Events.Count == 0) yield return ("events", "it is empty", "Name at least one event, or leave the section out.");
        if (notify.SecretEnv is { } name && !SecretName().IsMatch(name))
            yield return ("secret-env", $"'{name}' is no name of a secret's variable", $"Write {SecretPrefix}NAME, in capitals, and set that variable where the silos run. The secret itself belongs in no file.");
    }

    [GeneratedRegex("^" + SecretPrefix + "[A-Z0-9_]{1,64}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();
}
