namespace Distributed.Sweeps;

/// <summary>What can be learnt from a sweep beside its front.</summary>
public sealed record SweepAnalysis
{
    /// <summary>The hypervolume after each closed trial, in the order in which they were closed.</summary>
    public required IReadOnlyList<HypervolumeAfter> Hypervolume { get; init; }

    /// <summary>The parameters that vary, the most important for the front first; empty while too few trials are completed.</summary>
    public required IReadOnlyList<ImportanceOfParameter> Importance { get; init; }

    /// <summary>How good the model of each metric is that a forecast does not tell; empty while too few trials are completed.</summary>
    public required IReadOnlyList<ModelCalibration> Calibration { get; init; }
}

/// <summary>A step of the hypervolume's history.</summary>
/// <param name="Trial">The trial that was closed.</param>
/// <param name="Hypervolume">Of the front with it.</param>
public sealed record HypervolumeAfter(TrialId Trial, double Hypervolume);

/// <summary>How much a parameter has to do with being among the best. Shares of all parameters add up to 1, or are all 0 where nothing is told.</summary>
/// <param name="Parameter">Its name.</param>
/// <param name="Front">Its share in being on the front or near it.</param>
/// <param name="Objectives">Its share in being best by each objective, in the order of the sweep's objectives.</param>
public sealed record ImportanceOfParameter(string Parameter, double Front, IReadOnlyList<double> Objectives);

/// <summary>How well the surrogate foretells trials that are left out, each foretold from all others.</summary>
/// <param name="Metric">What is modelled.</param>
/// <param name="Trials">From how many trials.</param>
/// <param name="Explained">1 − squared errors ÷ squared differences from the mean: 1 is perfect, 0 no better than the mean, less is worse.</param>
/// <param name="Error">Root of the mean squared error, in the metric's unit.</param>
/// <param name="Within68">Part of the trials inside their 68 % interval; far below 0.68 the model trusts itself too much.</param>
/// <param name="Within95">Part of the trials inside their 95 % interval.</param>
/// <param name="Spread">Root of the mean squared error in units of the foretold deviation; 1 is right, more is overconfident.</param>
public sealed record ModelCalibration(Metric Metric, int Trials, double Explained, double Error, double Within68, double Within95, double Spread);
