namespace Distributed.Gallery;

/// <summary>Conformance cases that the house does not pass, each with its reason. Whoever adds one says why no classifier needs it.</summary>
internal static class Excused
{
    /// <summary>Reasons by case.</summary>
    public static IReadOnlyDictionary<string, string> Reasons { get; } = new Dictionary<string, string>
    {
        ["test_training_dropout_default"] = "states one draw of a random mask; an imported network is for inference, and drops nothing",
        ["test_training_dropout_mask"] = "states one draw of a random mask; an imported network is for inference, and drops nothing",
    };
}
