namespace Distributed.Search;

/// <summary>Decides by the accuracies at a rung whether a trial goes on. Pure.</summary>
internal interface IStoppingRule
{
    /// <summary>Null to go on, or why the trial is given up, in a few words that follow "Rung 1: accuracy 0.4 at latency ratio 0.6 ".</summary>
    /// <param name="spec">The sweep's settings.</param>
    /// <param name="field">The trial, which a peer dominates, and at least "grace" peers.</param>
    string? Verdict(EarlyStoppingSpec spec, RungField field);
}
