using Distributed.Testing;

namespace Distributed.EndToEnd.Tests.Chaos;

/// <summary>A store that nobody has a key of: silos and console ask as the identity that their machine gives them.</summary>
[Collection(Clusters.Main)]
public sealed class ManagedIdentityTests
{
    private const string Name = "identity";
    [Fact]
    public async Task A_sweep_runs_and_is_exported_without_a_key_and_its_tokens_are_told_nowhere()
    {
        await using var azurite = await Store();
        await using var identity = IdentityEndpoint.Start();
        await using var cluster = await ClusterUnderTest.Start(controls: 1, workers: 1, slots: 2, variables: Variables(azurite, identity));
        await cluster.Launch(StubSweeps.Of(Name, trials: 6, steps: 4, stepMs: 20));
        var seen = await cluster.Follow(new(Name), log => log.HasEnded);
        Verdict.EveryTrialIsRecordedOnce(seen);

        string archive = Path.Combine(cluster.Folder, "sweep.zip");
        string said = await cluster.Console(0, ["sweep", "export", Name, "--output", archive]);
        Assert.True(new FileInfo(archive).Length > 0);
        Assert.InRange(identity.Given.Count, 2, 20);
        Assert.All(identity.Given.Append(identity.Header), secret => Assert.All(
            cluster.Silos.SelectMany(silo => silo.Said).Append(said), line => Assert.DoesNotContain(secret, line, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_identity_that_the_account_does_not_take_is_told_with_the_role_that_it_needs()
    {
        await using var azurite = await Store();
        await using var identity = IdentityEndpoint.Start("https://somebody.else/");
        await using var cluster = await ClusterUnderTest.Start(controls: 0, workers: 0, slots: 0);
        var variables = Variables(azurite, identity).Select(pair => (pair.Key, pair.Value)).ToArray();
        Assert.All(
            (string[])[await cluster.EndOfSilo(2, variables), await cluster.Console(2, ["sweep", "export", Name, "--output", Path.Combine(cluster.Folder, "sweep.zip")], variables)],
            text =>
            {
                Assert.Contains("Storage Blob Data Contributor", text, StringComparison.Ordinal);
                Assert.All(identity.Given, token => Assert.DoesNotContain(token, text, StringComparison.Ordinal));
            });
    }

    [Fact]
    public async Task An_identity_that_gets_no_token_is_not_taken_for_a_store_that_does_not_answer()
    {
        await using var azurite = await Store();
        await using var identity = IdentityEndpoint.Start();
        await using var cluster = await ClusterUnderTest.Start(controls: 0, workers: 0, slots: 0);
        (string, string)[] variables = [.. Variables(azurite, identity).Select(pair => (pair.Key, pair.Value)), ("IDENTITY_HEADER", "a-guess")];
        Assert.Contains("no token is given for the identity", await cluster.EndOfSilo(3, [.. variables, ("DISTRIBUTED__CLUSTER__WAIT", "0s")]), StringComparison.Ordinal);
    }

    private static async Task<AzuriteServer> Store()
    {
        Assert.SkipWhen(AzuriteServer.Absent is not null, AzuriteServer.Absent ?? "");
        return await AzuriteServer.ForIdentities(TestContext.Current.CancellationToken);
    }

    private static Dictionary<string, string> Variables(AzuriteServer azurite, IdentityEndpoint identity) => new()
    {
        ["DISTRIBUTED__STORE"] = azurite.ContainerOfIdentity(Name),
        ["IDENTITY_ENDPOINT"] = identity.Address.AbsoluteUri,
        ["IDENTITY_HEADER"] = identity.Header,
        // The store's certificate is the only one that these processes trust.
        ["SSL_CERT_FILE"] = azurite.CertificateFile,
    };
}
