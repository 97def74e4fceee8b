using Distributed.Sweeps;

namespace Distributed.EndToEnd.Tests.Chaos;

/// <summary>A sweep file that names files of the console's machine, launched on a cluster.</summary>
[Collection(Clusters.Main)]
public sealed class PushOnLaunchTests
{
    [Fact]
    public async Task Model_and_dataset_are_pushed_once_under_their_hash_and_the_next_launch_pushes_nothing()
    {
        await using var cluster = await ClusterUnderTest.Start(controls: 1, workers: 1, slots: 1);
        var (model, data) = StubSweeps.Inputs(cluster.Folder);
        string first = await Launch("first"), second = await Launch("second");
        Assert.Equal(2, Times("into the store", first));
        Assert.Equal((0, 2), (Times("into the store", second), Times("already", second)));

        List<string> content = [];
        await foreach (var name in cluster.Store().Artifacts.List("content", TestContext.Current.CancellationToken)) content.Add(name.Value);
        Assert.Equal(2, content.Count);
        var specs = await Task.WhenAll(Spec("first"), Spec("second"));
        Assert.Equal(specs[0].Dataset.Path, specs[1].Dataset.Path);
        Assert.Equal(specs[0].Model.Onnx, specs[1].Model.Onnx);
        Assert.All((string[])[specs[0].Dataset.Path!, specs[0].Model.Onnx!], reference =>
        {
            string[] parts = StoredFile.Parse(reference).Artifact.Value.Split('/');
            Assert.Contains(string.Join('/', parts), content);
        });
        await File.WriteAllTextAsync(model, "another network", TestContext.Current.CancellationToken);
        string third = await Launch("third");
        Assert.Equal((1, 1), (Times("into the store", third), Times("already", third)));

        async Task<string> Launch(string name) => await cluster.Console(0, ["sweep", "launch", StubSweeps.File(cluster.Folder, name, trials: 1, model, data)]);

        async Task<SweepSpec> Spec(string name) =>
            (await cluster.Follow(new(name), log => log.HasEnded)).State.Spec!;
    }

    private static int Times(string words, string text) => text.Split(words).Length - 1;
}
