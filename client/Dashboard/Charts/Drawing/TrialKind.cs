namespace Distributed.Dashboard;

/// <summary>How a trial is told apart in pictures: by colour and by shape. In the order in which they are drawn, the last on top.</summary>
public enum TrialKind
{
    /// <summary>Completed and feasible, but another is better in everything.</summary>
    Dominated,

    /// <summary>Completed and breaks a constraint, or is slower than the dense model.</summary>
    Infeasible,

    /// <summary>Given up at a rung.</summary>
    Stopped,

    /// <summary>Failed for good.</summary>
    Failed,

    /// <summary>On its way.</summary>
    Running,

    /// <summary>The dense baseline.</summary>
    Dense,

    /// <summary>On the front.</summary>
    Front,

    /// <summary>The front's knee.</summary>
    Knee,
}
