using Distributed.Compression.Graph;
using Distributed.Compression.Tests.Graph;
using Distributed.Compression.Trials;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Trials;

public sealed class SingleModelTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Of_two_files_the_one_that_cannot_be_measured_is_named()
    {
        byte[] model = OnnxWriter.ToBytes(Models.Small("resnet-8"));
        string whole = Path.Combine(_folder, "whole.onnx"), cut = Path.Combine(_folder, "cut.onnx");
        File.WriteAllBytes(whole, model);
        File.WriteAllBytes(cut, model[..(model.Length / 2)]);

        foreach (var (file, against) in new[] { (whole, cut), (cut, whole) })
            Assert.Equal(cut, Assert.Throws<InvalidInputException>(() => SingleModel.Measure(file, against, new(), TestContext.Current.CancellationToken)).Place);
    }
}
