using Distributed.Compression.Graph;
using Distributed.Sweeps;

namespace Distributed.Compression.Data;

/// <summary>Whether a network can be fed with a dataset and judged by it.</summary>
internal static class DatasetFit
{
    /// <summary>Checks the network's only input (N × channels × height × width; open dimensions fit anything) and its first output (N × classes).</summary>
    /// <exception cref="InvalidInputException">They do not fit; the message names both.</exception>
    public static void Check(Network network, DatasetSplits splits) => Check(network, splits.Train);

    /// <inheritdoc cref="Check(Network, DatasetSplits)"/>
    public static void Check(Network network, ImageSet images)
    {
        if (network.Inputs.Length != 1 || network.Outputs.Length == 0)
        {
            throw new InvalidInputException(
                $"model '{network.Name}'", $"it has {network.Inputs.Length} inputs and {network.Outputs.Length} outputs", "Give a classifier that reads one batch of images and writes one row of logits for each.");
        }

        var (input, output) = (network.Inputs[0], network.Outputs[0]);
        int[] image = [images.Channels, images.Height, images.Width];
        if (input.Shape.Length != 4 || !input.Shape.Skip(1).Zip(image, Fits).All(fits => fits))
        {
            int[] turned = [images.Height, images.Width, images.Channels];
            bool last = input.Shape.Length == 4 && input.Shape.Skip(1).Zip(turned, Fits).All(fits => fits);
            throw new InvalidInputException(
                $"model input '{input.Name}'",
                $"it takes {Text(input)}, but the dataset's images are N×{string.Join('×', image)}",
                last ? "Export the model with channels first (tf2onnx: --inputs-as-nchw)." : "Scale the images to the model's input, or give a model that was built for them.");
        }

        if (output.Shape.Length != 2 || !Fits(output.Shape[1], images.Classes.Count))
        {
            throw new InvalidInputException(
                $"model output '{output.Name}'",
                $"it is {Text(output)}, but the dataset has {images.Classes.Count} classes ({string.Join(", ", images.Classes.Take(3))}{(images.Classes.Count > 3 ? ", …" : "")})",
                "Give a model with one output for each class of the dataset.");
        }
    }

    private static bool Fits(int dimension, int size) => dimension < 0 || dimension == size;

    private static string Text(ValueInfo value) => string.Join('×', value.Shape.Select(size => size < 0 ? "N" : Invariant($"{size}")));
}
