namespace Distributed.Compression.Grouping;

/// <summary>What is removed where channels stand in groups (heads of attention, groups of a convolution or of a normalisation) and both would do.</summary>
internal enum Closure
{
    /// <summary>Every group loses the same places: the dimension of heads shrinks.</summary>
    InsideGroups,

    /// <summary>Groups go as a whole: heads are dropped.</summary>
    WholeGroups,
}
