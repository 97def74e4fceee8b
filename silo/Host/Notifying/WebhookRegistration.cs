using Microsoft.Extensions.DependencyInjection;

namespace Distributed.Silo.Notifying;

/// <summary>Makes webhooks ready in a silo.</summary>
internal static class WebhookRegistration
{
    /// <summary>After Orleans, so that what is on its way is waited for while the sweep can still record that it was taken.</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton(new WebhookOptions());
        services.AddSingleton<Func<string, string?>>(Environment.GetEnvironmentVariable);
        services.AddSingleton<Webhooks>();
        services.AddSingleton<INotifier>(provider => provider.GetRequiredService<Webhooks>());
        services.AddHostedService(provider => provider.GetRequiredService<Webhooks>());
        return services;
    }
}
