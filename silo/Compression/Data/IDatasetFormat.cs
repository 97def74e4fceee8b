using Distributed.Sweeps;

namespace Distributed.Compression.Data;

/// <summary>One way in which a dataset is stored. A new format is one file and one line in <see cref="DatasetFormats"/>.</summary>
/// <remarks>Stateless and thread safe; the same spec over the same files gives the same images in the same order on every machine.</remarks>
internal interface IDatasetFormat
{
    /// <summary>What a sweep file calls it.</summary>
    string Name { get; }

    /// <summary>Reads all that is there; a generated dataset makes as many images as the spec asks for.</summary>
    /// <param name="spec">Whose <see cref="DatasetSpec.Format"/> is <see cref="Name"/>.</param>
    /// <param name="cache">A folder for decoded images; it is made when needed, and may be emptied at any time.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="InvalidInputException">The files are missing, corrupt or do not fit together.</exception>
    DatasetImages Load(DatasetSpec spec, string cache, CancellationToken cancellation);
}
