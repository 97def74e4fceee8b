namespace Distributed.Dashboard;

/// <summary>How far a report is: being made, made, or failed.</summary>
public sealed record ReportJob
{
    /// <summary>What is being done; empty once it is done.</summary>
    public string Step { get; init; } = "";

    /// <summary>Why there is none; empty otherwise.</summary>
    public string Trouble { get; init; } = "";

    /// <summary>The report.</summary>
    public ModelReport? Report { get; init; }

    /// <summary>The report as report.json.</summary>
    public byte[] Json { get; init; } = [];

    /// <summary>SHA-256 of <see cref="Json"/>, lower-case hexadecimal.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Whether nothing more will come.</summary>
    public bool IsDone => Step.Length == 0;
}
