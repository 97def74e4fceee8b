using Azure.Core;
using Azure.Core.Pipeline;

namespace Distributed.Artifacts.Tests.Azure;

/// <summary>A network that fails at one request, before it arrives or after, and then for good or not.</summary>
/// <param name="step">Twice the number of the request, and one more to lose its answer instead of itself.</param>
/// <param name="forGood">Whether everything after fails too.</param>
internal sealed class FaultyNetwork(int step, bool forGood) : HttpPipelinePolicy
{
    private int _requests = -1;

    public bool HasFailed { get; private set; }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        int request = Interlocked.Increment(ref _requests);
        if (HasFailed && forGood) throw new IOException("The process has died.");
        if (request == step / 2 && step % 2 == 0) Fail();
        await ProcessNextAsync(message, pipeline);
        if (request == step / 2) Fail();
    }

    /// <summary>A service that has no space for anything.</summary>
    internal sealed class Full : HttpPipelinePolicy
    {
        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

        public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
            message.Request.Method == RequestMethod.Put ? throw new global::Azure.RequestFailedException(507, "Insufficient storage.") : ProcessNextAsync(message, pipeline);
    }

    private void Fail()
    {
        HasFailed = true;
        throw new IOException("The connection was lost.");
    }
}
