using System.Buffers.Binary;
using System.IO.Compression;
using Distributed.Testing;
using Microsoft.ML.OnnxRuntime;

namespace Distributed.EndToEnd.Tests;

/// <summary>A judge of its own: MNIST's test files and ONNX Runtime, nothing of ours.</summary>
internal static class Mnist
{
    /// <summary>Top-1 of a model file on the 10,000 test images, fed as (pixel/255 − mean)/deviation.</summary>
    public static double TestAccuracy(string model, double mean, double deviation)
    {
        byte[] images = Read("t10k-images-idx3-ubyte.gz");
        byte[] labels = Read("t10k-labels-idx1-ubyte.gz");
        int count = BinaryPrimitives.ReadInt32BigEndian(images.AsSpan(4));
        using var session = new InferenceSession(model);
        int right = 0;
        const int Batch = 500;
        const int Pixels = 28 * 28;
        for (int start = 0; start < count; start += Batch)
        {
            float[] input = new float[Batch * Pixels];
            for (int i = 0; i < input.Length; i++)
                input[i] = (float)(((images[16 + (start * Pixels) + i] / 255.0) - mean) / deviation);
            using var value = OrtValue.CreateTensorValueFromMemory(input, [Batch, 1, 28, 28]);
            using var run = new RunOptions();
            using var outputs = session.Run(run, session.InputNames, [value], session.OutputNames);
            var logits = outputs[0].GetTensorDataAsSpan<float>();
            for (int i = 0; i < Batch; i++)
            {
                var row = logits.Slice(i * 10, 10);
                int best = 0;
                for (int k = 1; k < 10; k++) best = row[k] > row[best] ? k : best;
                if (best == labels[8 + start + i]) right++;
            }
        }

        return right / (double)count;
    }

    private static byte[] Read(string name)
    {
        using var file = new GZipStream(File.OpenRead(Path.Combine(Repository.Shared("data/mnist"), name)), CompressionMode.Decompress);
        using var memory = new MemoryStream();
        file.CopyTo(memory);
        return memory.ToArray();
    }
}
