namespace Distributed.Gallery;

/// <summary>What became of a case.</summary>
/// <param name="Case">Its name.</param>
/// <param name="Interpreter">The interpreter's largest difference from the stated result, in tolerances; null where it could not run.</param>
/// <param name="Exported">That of ONNX Runtime for the exported file; null where it could not run.</param>
/// <param name="Unsupported">Why it could not run; names the operator.</param>
internal sealed record ConformanceVerdict(string Case, double? Interpreter, double? Exported, string? Unsupported = null)
{
    /// <summary>Whether the interpreter gives what is stated, and the exported file what is stated or what the file itself gives.</summary>
    public bool Passed => Unsupported is null && Interpreter <= 1 && Exported <= 1;

    /// <inheritdoc/>
    public override string ToString() => this switch
    {
        { Unsupported: { } why } => $"unsupported  {Case}: {why}",
        { Passed: true } => $"pass         {Case}",
        _ => Invariant($"fail         {Case}: differs by {Interpreter:0.##e0} tolerances in the interpreter, {Exported:0.##e0} exported"),
    };
}
