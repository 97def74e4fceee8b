namespace Distributed.Client.Rendering;

/// <summary>A candidate in a few words, as on the pages; a table of the console says "dense" where there is none.</summary>
internal static class CandidateText
{
    /// <summary>"8/16/40 of 16/32/64 · taylor · lr 0.03": widths where the profile tells them, then every other parameter.</summary>
    public static string Of(TrialState trial, ModelProfile? profile) =>
        trial.Candidate is null ? "dense" : Dashboard.CandidateText.Of(trial, profile);
}
