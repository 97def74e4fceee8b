namespace Distributed.Testing;

/// <summary>The test problems by name. A new family is a file of its own and a line here.</summary>
public static class TestProblems
{
    /// <summary>Those on which others were run with the same initial designs, and their noisy or constrained kin.</summary>
    public static IReadOnlyList<TestProblem> Compared { get; } =
    [
        BraninCurrin.Exact,
        BraninCurrin.Noisy,
        Dtlz.Of(2).Single(problem => problem.Name == "DTLZ2"),
        Dtlz.ConstrainedTwo,
        Zdt.One,
        Zdt.Two,
        Zdt.Three,
        VehicleSafety.Problem,
        CarSideImpact.Problem,
        Penicillin.Problem,
        MixedPrune.Problem,
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TestProblem> All { get; } =
        [.. Compared.Concat(from objectives in (int[])[2, 3, 4] from problem in Dtlz.Of(objectives).Concat(Wfg.Of(objectives)) select problem).DistinctBy(problem => problem.Name)];

    /// <summary>The problem of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static TestProblem Find(string name) => All.FirstOrDefault(problem => string.Equals(problem.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"'{name}' is not a problem; choose from {string.Join(", ", All.Select(problem => problem.Name))}.", nameof(name));
}
