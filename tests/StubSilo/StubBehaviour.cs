namespace Distributed.StubSilo;

/// <summary>What a stub trial does, as told by the zoo name: "stub:steps=20,step-ms=5,kill=3"; the usual where the model is a file.</summary>
/// <param name="Steps">Steps of a trial.</param>
/// <param name="StepMs">How long a step takes.</param>
/// <param name="MeasureMs">How long a measurement takes.</param>
/// <param name="Kill">The trial whose first attempt kills its process half-way; -1 for none.</param>
/// <param name="Hang">The trial whose first attempt hangs half-way, and does not hear that it is cancelled; -1 for none.</param>
/// <param name="OrphanS">How long a process lives that a trial starts first, and of which it prints the number: it outlives a kill, and holds the executor's pipes open.</param>
/// <param name="QuietMs">How long a trial computes before its first step and tells nothing: only its pulse moves.</param>
/// <param name="Fail">The trial that always fails; -1 for none.</param>
/// <param name="Noise">Lines printed on stdout at each step.</param>
internal sealed record StubBehaviour(int Steps, int StepMs, int MeasureMs, int Kill, int Hang, int OrphanS, int QuietMs, int Fail, int Noise)
{
    public static StubBehaviour Of(SweepSpec spec)
    {
        // A sweep file can name no stub; a model of a file is one.
        string name = spec.Model.Onnx is null ? spec.Model.Zoo ?? "" : "stub";
        if (name != "stub" && !name.StartsWith("stub:", StringComparison.Ordinal))
            throw new InvalidInputException("model.zoo", $"'{name}' is no stub", "Write stub:steps=20,step-ms=5.");
        var settings = name.Split(':', 2).Skip(1).SelectMany(text => text.Split(','))
            .Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => int.Parse(pair[1]));
        int Get(string key, int otherwise) => settings.GetValueOrDefault(key, otherwise);
        return new(Get("steps", 20), Get("step-ms", 5), Get("measure-ms", 20), Get("kill", -1), Get("hang", -1), Get("orphan-s", 0), Get("quiet-ms", 0), Get("fail", -1), Get("noise", 0));
    }
}
