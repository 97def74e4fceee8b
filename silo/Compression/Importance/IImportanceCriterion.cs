using Distributed.Compression.Grouping;

namespace Distributed.Compression.Importance;

/// <summary>Judges how much a network would miss the units of a family. Stateless; the same evidence gives the same scores.</summary>
/// <remarks>
/// A new criterion is one file, one line in <see cref="Criteria"/> and its name in <see cref="Sweeps.CriterionNames"/>. Where it does not apply to a
/// family it falls back on another, which its summary names, or throws an <see cref="Sweeps.InvalidInputException"/> that names the family.
/// </remarks>
internal interface IImportanceCriterion
{
    /// <summary>The name that a sweep file uses.</summary>
    string Name { get; }

    /// <summary>What must be there beside the weights.</summary>
    EvidenceKinds Needs { get; }

    /// <summary>
    /// Whether scores of different families are on one scale already. Otherwise they need none: they are divided by their mean in the family
    /// afterwards.
    /// </summary>
    bool ComparesFamilies => false;

    /// <summary>One score for each unit of the family, in its order; at least 0, larger is more important.</summary>
    double[] Score(Family family, ImportanceEvidence evidence);
}
