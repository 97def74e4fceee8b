namespace Distributed.Sweeps;

/// <summary>The importance criteria that a trial knows: the one list that sweep files, their schema and the trial itself go by.</summary>
public static class CriterionNames
{
    /// <summary>All names, in the order in which they are listed to users: by weights, by gradients, by activations, and the control.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "l1", "l2", "fpgm", "lamp", "bn-scale",
        "taylor", "gate-taylor", "fisher",
        "activation-mean", "apoz", "activation-entropy", "gradient-activation", "wanda",
        "random",
    ];
}
