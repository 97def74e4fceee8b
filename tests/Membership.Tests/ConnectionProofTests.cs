using System.IO.Pipelines;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Distributed.Membership.Tests;

public sealed class ConnectionProofTests
{
    private const string Secret = "a secret of 23 letters!";

    [Fact]
    public async Task Two_ends_of_one_cluster_speak_with_each_other()
    {
        var (connected, accepted) = await Meet(End(Secret), End(Secret));
        Assert.True(connected.Spoke && accepted.Spoke);
        Assert.Null(connected.Failures.Last);
    }

    [Fact]
    public async Task Another_secret_is_refused_on_both_ends_and_told()
    {
        var (connected, accepted) = await Meet(End(Secret), End("another secret, as long"));
        Assert.False(connected.Spoke || accepted.Spoke);
        Assert.Contains("another secret", connected.Failures.Last);
    }

    [Fact]
    public async Task No_secret_is_another_secret()
    {
        var (connected, accepted) = await Meet(End(null), End(Secret));
        Assert.False(connected.Spoke || accepted.Spoke);
    }

    [Fact]
    public async Task Another_cluster_is_refused_and_told()
    {
        var (connected, accepted) = await Meet(End(Secret, "one"), End(Secret, "two"));
        Assert.False(connected.Spoke || accepted.Spoke);
        Assert.Contains("another cluster", connected.Failures.Last);
    }

    /// <summary>Nothing that a stranger sends is understood as a greeting, however long or short it is.</summary>
    [Theory, InlineData(0), InlineData(1), InlineData(40), InlineData(41), InlineData(300)]
    public async Task A_stranger_is_cut_off_and_learns_nothing(int length)
    {
        var (theirs, ours) = Pair();
        var end = End(Secret);
        var accepting = end.Proof.Accept(ours, end.Next);
        await theirs.Transport.Output.WriteAsync(RandomNumberGenerator.GetBytes(length), TestContext.Current.CancellationToken);
        await theirs.Transport.Output.CompleteAsync();
        await accepting;
        Assert.False(end.Spoke);
        await ours.Transport.Output.CompleteAsync();
        var read = await theirs.Transport.Input.ReadAsync(TestContext.Current.CancellationToken);
        Assert.True(read.Buffer.IsEmpty);
    }

    /// <summary>What one end said is no answer for it: a stranger that sends everything back proves nothing.</summary>
    [Fact]
    public async Task An_echo_proves_nothing()
    {
        var (echo, ours) = Pair();
        var end = End(Secret);
        var connecting = end.Proof.Connect(ours, end.Next);
        var echoing = echo.Transport.Input.CopyToAsync(echo.Transport.Output, TestContext.Current.CancellationToken);
        await connecting;
        Assert.False(end.Spoke);
        await ours.Transport.Output.CompleteAsync();
        await echoing;
    }

    private static async Task<(Side Connected, Side Accepted)> Meet(Side connects, Side accepts)
    {
        var (left, right) = Pair();
        var accepting = accepts.Proof.Accept(right, accepts.Next);
        await connects.Proof.Connect(left, connects.Next);
        await left.Transport.Output.CompleteAsync();
        await accepting;
        return (connects, accepts);
    }

    private static Side End(string? secret, string cluster = "one")
    {
        var settings = ClusterSettings.Read(new(new ConfigurationBuilder().AddInMemoryCollection(
            [new("Distributed:Cluster:Secret", secret), new("Distributed:Cluster:Id", cluster)]).Build()));
        ProofFailures failures = new();
        return new(new(settings, failures, TimeProvider.System, NullLogger<ConnectionProof>.Instance), failures);
    }

    private static (DefaultConnectionContext Left, DefaultConnectionContext Right) Pair()
    {
        Pipe there = new();
        Pipe back = new();
        return (Connection(back.Reader, there.Writer), Connection(there.Reader, back.Writer));
    }

    private static DefaultConnectionContext Connection(PipeReader input, PipeWriter output)
    {
        Duplex duplex = new(input, output);
        return new(Guid.NewGuid().ToString(), duplex, duplex);
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class Side(ConnectionProof proof, ProofFailures failures)
    {
        public ConnectionProof Proof => proof;

        public ProofFailures Failures => failures;

        public bool Spoke { get; private set; }

        public Task Next(ConnectionContext connection)
        {
            Spoke = true;
            return Task.CompletedTask;
        }
    }
}
