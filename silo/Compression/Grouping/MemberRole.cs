namespace Distributed.Compression.Grouping;

/// <summary>What a slice of an initializer is to the channel it belongs to.</summary>
internal enum MemberRole
{
    /// <summary>The weights that make the channel.</summary>
    Filter,

    /// <summary>Added to the channel by the operator that makes it.</summary>
    Bias,

    /// <summary>γ of a normalisation.</summary>
    Scale,

    /// <summary>β of a normalisation.</summary>
    Shift,

    /// <summary>A running mean or variance.</summary>
    Statistic,

    /// <summary>The constant side of an elementwise operator.</summary>
    Operand,

    /// <summary>The weights that read the channel.</summary>
    Consumer,
}
