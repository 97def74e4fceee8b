namespace Distributed.Silo;

/// <summary>A silo without the room that compresses: it serves, and says plainly that it can run no trial.</summary>
internal sealed class UnbuiltEngine : ISiloEngine
{
    public ITrialRunner Runner(IArtifactStore artifacts) => throw Missing();

    public object Check(SweepSpec spec) => throw Missing();

    public object Inspect(string onnxFile) => throw Missing();

    private static InvalidInputException Missing() =>
        new("Distributed.Silo", "this build holds nothing that trains or measures", "Use a build with Distributed.Compression.");
}
