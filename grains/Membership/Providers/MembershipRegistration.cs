using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace Distributed.Membership;

/// <summary>Makes silos and clients members of the cluster that the settings name.</summary>
public static class MembershipRegistration
{
    /// <summary>The provider's name for PostgreSQL.</summary>
    internal const string PostgreSql = "Npgsql";

    /// <summary>A silo of a cluster.</summary>
    public static ISiloBuilder UseCluster(this ISiloBuilder silo, ClusterSettings cluster)
    {
        silo.Configure<ClusterOptions>(options => Name(options, cluster));
        if (cluster.Membership == MembershipKind.Redis) silo.UseRedisClustering(options => options.ConfigurationOptions = RedisMembership.Options(cluster));
        else silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (PostgreSql, cluster.ConnectionString!));
        silo.Services.AddProof(cluster);
        silo.Services.AddOptions<SiloConnectionOptions>().Configure<ConnectionProof>((options, proof) =>
        {
            options.ConfigureSiloInboundConnection(builder => builder.Use(proof.Accept));
            options.ConfigureGatewayInboundConnection(builder => builder.Use(proof.Accept));
            options.ConfigureSiloOutboundConnection(builder => builder.Use(proof.Connect));
        });
        return silo;
    }

    /// <summary>A client of a cluster: through the gateways that are given, else those that the membership knows.</summary>
    public static IClientBuilder UseCluster(this IClientBuilder client, ClusterSettings cluster)
    {
        client.Configure<ClusterOptions>(options => Name(options, cluster));
        if (cluster.Gateways.Count > 0) client.UseStaticClustering([.. cluster.Gateways]);
        else if (cluster.Membership == MembershipKind.Redis) client.UseRedisClustering(options => options.ConfigurationOptions = RedisMembership.Options(cluster));
        else client.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (PostgreSql, cluster.ConnectionString!));
        client.Services.AddProof(cluster);
        client.Services.AddOptions<ClientConnectionOptions>().Configure<ConnectionProof>((options, proof) =>
            options.ConfigureConnection(builder => builder.Use(proof.Connect)));
        return client;
    }

    private static void Name(ClusterOptions options, ClusterSettings cluster) => (options.ClusterId, options.ServiceId) = (cluster.Id, cluster.ServiceId);

    private static void AddProof(this IServiceCollection services, ClusterSettings cluster)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(cluster);
        services.TryAddSingleton<ProofFailures>();
        services.TryAddSingleton<ConnectionProof>();
    }

    private static void Use(this IConnectionBuilder builder, Func<ConnectionContext, ConnectionDelegate, Task> middleware) =>
        builder.Use(next => connection => middleware(connection, next));
}
