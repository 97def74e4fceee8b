using Distributed.Compression.Graph;
using Distributed.Compression.Graph.Onnx;
using Distributed.Gallery;
using Distributed.Sweeps;
using Google.Protobuf;

namespace Distributed.Compression.Tests.Graph;

public sealed class ExternalWeightsTests : IDisposable
{
    private const string Data = "model.onnx.data";
    private readonly string _folder = Directory.CreateTempSubdirectory("external").FullName;

    private string Model => Path.Combine(_folder, "model.onnx");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Weights_beside_the_model_are_read()
    {
        var network = GalleryNetworks.Build("vgg");
        Write(network);
        Assert.Equal(OnnxWriter.ToBytes(network), OnnxWriter.ToBytes(OnnxReader.Read(Model)));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("below/../../outside")]
    [InlineData("/etc/hostname")]
    [InlineData("")]
    [InlineData("link")]
    public void Nothing_outside_the_folder_is_opened(string location)
    {
        File.WriteAllBytes(Path.Combine(Path.GetDirectoryName(_folder)!, "outside"), new byte[64]);
        File.CreateSymbolicLink(Path.Combine(_folder, "link"), "/etc/hostname");
        Write(GalleryNetworks.Build("vgg"), tensor => Set(tensor, "location", location));
        Refuses("outside the model's folder", "conv1.weight");
    }

    [Theory]
    [InlineData("offset", "9223372036854775807", "does not reach")]
    [InlineData("offset", "-1", "the offset of its data is '-1'")]
    [InlineData("length", "12", "12 are stated")]
    [InlineData("length", "0x10", "the length of its data is '0x10'")]
    [InlineData("location", "other.data", "cannot be read")]
    public void Entries_that_do_not_fit_are_refused(string key, string value, string found)
    {
        Write(GalleryNetworks.Build("vgg"), tensor => Set(tensor, key, value));
        Refuses(found, "conv1.weight");
    }

    [Fact]
    public void A_stream_has_no_folder()
    {
        Write(GalleryNetworks.Build("vgg"));
        using var stream = File.OpenRead(Model);
        Assert.Contains("another file", Assert.Throws<InvalidInputException>(() => OnnxReader.Read(stream, "stream")).Message, StringComparison.Ordinal);
    }

    private void Refuses(params string[] fragments)
    {
        string message = Assert.Throws<InvalidInputException>(() => OnnxReader.Read(Model)).Message;
        Assert.All(fragments, fragment => Assert.Contains(fragment, message, StringComparison.Ordinal));
    }

    /// <summary>Moves every float initializer into the data file; changes the entries of the first convolution.</summary>
    private void Write(Network network, Action<TensorProto>? change = null)
    {
        var model = ModelProto.Parser.ParseFrom(OnnxWriter.ToBytes(network));
        using var data = File.Create(Path.Combine(_folder, Data));
        foreach (var tensor in model.Graph.Initializer.Where(tensor => tensor.DataType == (int)TensorProto.Types.DataType.Float))
        {
            tensor.DataLocation = TensorProto.Types.DataLocation.External;
            Set(tensor, "location", Data);
            Set(tensor, "offset", Invariant($"{data.Position}"));
            Set(tensor, "length", Invariant($"{tensor.RawData.Length}"));
            data.Write(tensor.RawData.Span);
            tensor.RawData = ByteString.Empty;
            if (tensor.Name == "conv1.weight") change?.Invoke(tensor);
        }

        File.WriteAllBytes(Model, model.ToByteArray());
    }

    private static void Set(TensorProto tensor, string key, string value)
    {
        var entry = tensor.ExternalData.FirstOrDefault(item => item.Key == key);
        if (entry is null) tensor.ExternalData.Add(entry = new() { Key = key });
        entry.Value = value;
    }
}
