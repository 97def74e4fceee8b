using Distributed.Compression.Graph;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Graph;

/// <summary>The models and inputs that the tests of this folder share.</summary>
internal static class Models
{
    public static readonly TheoryData<string> Residual = ["resnet20-cifar10-bn.onnx", "resnet20-cifar10-folded.onnx"];

    public static TheoryData<string> ZooNames => [.. Zoo.Names];

    public static Network Small(string name, int size = 32, ulong seed = 1) => Zoo.Build(name, 3, size, size, 10, seed);

    /// <summary>The file's path in the shared folder beside the repository; skips the test where there is none.</summary>
    public static string Shared(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Distributed.sln"))) folder = folder.Parent;
        string path = Path.Combine(folder?.Parent?.FullName ?? "", "shared", name);
        Assert.SkipUnless(Path.Exists(path), $"'{name}' is not in the shared folder beside the repository.");
        return path;
    }

    public static string SharedModel(string name) => Shared(Path.Combine("models", name));

    /// <summary>Standard normal pixels.</summary>
    public static float[] Images(int count, ulong seed, int channels = 3, int size = 32)
    {
        var random = new SeededRandom(seed, "images");
        float[] images = new float[count * channels * size * size];
        for (int i = 0; i < images.Length; i++) images[i] = (float)random.NextNormal();
        return images;
    }

    public static float[] Run(byte[] model, float[] images, params int[] shape)
    {
        using var evaluator = new OnnxEvaluator(model);
        return evaluator.Run(images, shape);
    }
}
