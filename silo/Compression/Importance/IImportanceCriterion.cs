using Distributed.Compression.Grouping;

namespace Distributed.Compression.Importance;

/// <summary>Judges how much a network would miss the units of a family. Stateless; the same evidence gives the same scores.</summary>
/// <remarks>A new criterion is one file and one line in <see cref="Criteria"/>. Scores need no scale: they are normalised in the family afterwards.</remarks>
internal interface IImportanceCriterion
{
    /// <summary>The name that a sweep file uses.</summary>
    string Name { get; }

    /// <summary>Whether <see cref="ImportanceEvidence.Gradients"/> must be there.</summary>
    bool NeedsGradients { get; }

    /// <summary>One score for each unit of the family, in its order; at least 0, larger is more important.</summary>
    double[] Score(Family family, ImportanceEvidence evidence);
}
