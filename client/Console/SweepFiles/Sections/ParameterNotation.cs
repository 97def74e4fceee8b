namespace Distributed.Client.SweepFiles.Sections;

/// <summary>How a parameter can be written.</summary>
internal static class ParameterNotation
{
    /// <summary>A sentence with its forms, for remedies.</summary>
    public static string Of(CandidateParameter rule)
    {
        if (rule.Range is null) return $"Write one of them ({rule.Choices[0]}) or a list of at least two ({string.Join(", ", rule.Choices)}).";
        var (low, high) = rule.Example;
        double whole = Math.Max(1, low);
        string real = rule.Forms.HasFlag(Numbers.Real) ? Invariant($", or {{ real: [{low}, {high}] }}") : "";
        string integer = rule.Forms.HasFlag(Numbers.Whole) ? Invariant($", or {{ integer: [{whole}, {high}] }}") : "";
        return Invariant($"Write a number{real}{integer}, or {{ ordinal: [{(rule.Forms.HasFlag(Numbers.Real) ? low : whole)}, {high}] }}.");
    }
}
