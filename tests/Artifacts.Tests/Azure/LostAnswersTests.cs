using Distributed.Sweeps;

namespace Distributed.Artifacts.Tests.Azure;

public sealed class LostAnswersTests(Azurite azurite)
{
    private static readonly LogLimits Small = new(SegmentRecords: 2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_or_an_answer_that_is_lost_is_made_up_for_and_nothing_is_written_twice()
    {
        bool lost = true;
        for (int step = 0; lost; step++)
        {
            var container = await azurite.Container();
            FaultyNetwork network = new(step, forGood: false);
            var faulty = container.Open(network, patience: AzurePatience.OfReader);
            await using (var log = await new AzureSweepLogStore(faulty, Small).Own(LogFolder.Sweep, Cancellation))
            {
                for (int note = 0; note < 5; note++) await log.Append([LogFolder.Note(note)], Cancellation);
                var artifact = await new AzureArtifactStore(faulty).Put(new("a"), new MemoryStream([1, 2, 3]), Cancellation);
                Assert.Equal(artifact, await new AzureArtifactStore(faulty).Find(artifact.Name, Cancellation));
            }

            Assert.Equal(Enumerable.Range(0, 5), await Notes(container));
            await using (var next = await new AzureSweepLogStore(container.Open(), Small).Own(LogFolder.Sweep, Cancellation))
                await next.Append([LogFolder.Note(5)], Cancellation);
            Assert.Equal(Enumerable.Range(0, 6), await Notes(container));
            lost = network.HasFailed;
        }
    }

    private static async Task<List<int>> Notes(Azurite.TestContainer container)
    {
        List<int> notes = [];
        await foreach (var entry in new AzureSweepLogStore(container.Open(), Small).Read(LogFolder.Sweep, 0, Cancellation))
            notes.Add(((SweepRecord.Leased)entry.Record).Trial.Number);
        return notes;
    }
}
