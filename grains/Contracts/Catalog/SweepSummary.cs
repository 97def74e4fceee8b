using Distributed.Sweeps;

namespace Distributed.Contracts;

/// <summary>A sweep in one line.</summary>
[GenerateSerializer, Immutable, Alias("sweep-summary.v1")]
public sealed record SweepSummary
{
    /// <summary>Its name.</summary>
    [Id(0)] public required SweepId Name { get; init; }

    /// <summary>Where it stands.</summary>
    [Id(1)] public required SweepStatus Status { get; init; }

    /// <summary>Closed candidates, the dense baseline not counted.</summary>
    [Id(2)] public int Closed { get; init; }

    /// <summary>The budget of trials, or null.</summary>
    [Id(3)] public int? Trials { get; init; }

    /// <summary>Models on the front.</summary>
    [Id(4)] public int Front { get; init; }

    /// <summary>Hypervolume of the front.</summary>
    [Id(5)] public double Hypervolume { get; init; }

    /// <summary>When it was launched.</summary>
    [Id(6)] public DateTimeOffset Launched { get; init; }

    /// <summary>Its share of the slots beside other sweeps of its priority; see <see cref="SweepSpec.Weight"/>.</summary>
    [Id(7)] public double Weight { get; init; } = 1;

    /// <summary>Which sweeps go before it; see <see cref="SweepSpec.Priority"/>.</summary>
    [Id(8)] public int Priority { get; init; }

    /// <summary>The device class that it asks for; null for any.</summary>
    [Id(9)] public string? Device { get; init; }
}
