namespace Distributed.Sweeps;

/// <summary>What is known of the dense model before any candidate is trained; enough to predict every candidate's cost.</summary>
[GenerateSerializer, Immutable, Alias("model-profile.v1")]
public sealed record ModelProfile
{
    /// <summary>The prunable families, in the order of their first layer.</summary>
    [Id(0)] public required IReadOnlyList<FamilyProfile> Families { get; init; }

    /// <summary>Every operator that costs anything.</summary>
    [Id(1)] public required IReadOnlyList<OperatorProfile> Operators { get; init; }

    /// <summary>The timed operators, by key.</summary>
    [Id(2)] public required IReadOnlyList<LatencySurface> Surfaces { get; init; }

    /// <summary>Importance of the dense model's channels: for global ranking, by criterion.</summary>
    [Id(3)] public IReadOnlyList<CriterionScores> Scores { get; init; } = [];

    /// <summary>Bytes of the dense file that do not shrink (graph, names).</summary>
    [Id(4)] public long FixedBytes { get; init; }

    /// <summary>Measured p50 of the dense model, to turn predicted ratios into milliseconds.</summary>
    [Id(5)] public required double DenseMs { get; init; }

    /// <summary>The closure by which a candidate is pruned that asks for none (<see cref="Closures"/>); null where the model leaves no choice.</summary>
    [Id(6)] public string? Closure { get; init; }

    /// <summary>How much more deep families lose than shallow ones: see <see cref="HardwareSpec.DepthWeight"/>.</summary>
    [Id(7)] public double DepthWeight { get; init; }

    /// <summary>Whether all families keep the same part of their channels: see <see cref="HardwareSpec.Granularity"/>.</summary>
    [Id(8)] public bool Uniform { get; init; }

    /// <summary>The block of channels in which this host's runtime works, as its timed surfaces show it; 1 where nothing was timed.</summary>
    [Id(9)] public int Quantum { get; init; } = 1;

    /// <summary>Bytes of the dense model's int8 file that do not shrink; null where the space holds no int8.</summary>
    [Id(10)] public long? Int8FixedBytes { get; init; }

    /// <summary>What predicts the latency of int8 files; null where the space holds no int8.</summary>
    [Id(11)] public Int8Profile? Int8 { get; init; }

    /// <summary>The residual branches in the order in which they go (<see cref="Depths"/>); none where the space does not ask for fewer.</summary>
    [Id(12)] public IReadOnlyList<BranchProfile> Branches { get; init; } = [];

    /// <summary>What is left of the profile: families are numbered anew.</summary>
    /// <param name="families">Which families stay; no operator that stays may count another one.</param>
    /// <param name="operators">Which operators stay.</param>
    internal ModelProfile Part(Func<FamilyProfile, bool> families, Func<OperatorProfile, bool> operators)
    {
        int[] kept = [.. Families.Index().Where(item => families(item.Item)).Select(item => item.Index)];
        WidthExpression Anew(WidthExpression width) =>
            width with { Terms = [.. width.Terms.Select(term => term with { Family = Array.IndexOf(kept, term.Family) })] };
        OperatorProfile[] Remaining(IEnumerable<OperatorProfile> all) =>
            [.. all.Where(operators).Select(op => op with { Input = Anew(op.Input), Output = Anew(op.Output) })];
        return this with
        {
            Families = [.. kept.Select(i => Families[i])],
            Operators = Remaining(Operators),
            Int8 = Int8 is { } int8 ? int8 with { Operators = Remaining(int8.Operators) } : null,
            Scores = [.. Scores.Select(scores => scores with { Families = [.. kept.Select(i => scores.Families[i])] })],
        };
    }
}

/// <summary>A residual branch that may be left out.</summary>
/// <param name="Name">The node that adds it to its shortcut.</param>
/// <param name="LossRise">By how much the mean cross-entropy on a sample of training images rises when it alone is left out, in nats; its place in the order.</param>
/// <param name="Nodes">The nodes that go with it, once those before it in the order are gone.</param>
[GenerateSerializer, Immutable, Alias("branch-profile.v1")]
public sealed record BranchProfile(string Name, double LossRise, IReadOnlyList<string> Nodes);

/// <summary>The time of a model whose file computes in 8 bits.</summary>
/// <param name="Ratio">Measured latency of the dense model's int8 file, relative to that of the float32 one.</param>
/// <param name="Operators">What takes time in such a file; its surfaces stand among the profile's.</param>
[GenerateSerializer, Immutable, Alias("int8-profile.v1")]
public sealed record Int8Profile(double Ratio, IReadOnlyList<OperatorProfile> Operators);

/// <summary>Channels that live or die together.</summary>
/// <param name="Name">The name of the family's first layer; unique, stable between runs.</param>
/// <param name="Width">Removable units in the dense model.</param>
/// <param name="Widths">The widths worth having, ascending, the last one <paramref name="Width"/>: multiples of the quantum, none below the floor.</param>
/// <param name="Closure">The closure under which the family is pruned (<see cref="Closures"/>); null for both.</param>
[GenerateSerializer, Immutable, Alias("family-profile.v1")]
public sealed record FamilyProfile(string Name, int Width, IReadOnlyList<int> Widths, string? Closure = null);

/// <summary>Some number of channels as a function of the families' widths: Constant + Σ Multiplicity · width[Family].</summary>
/// <param name="Constant">Channels that cannot be removed.</param>
/// <param name="Terms">At most one for each family.</param>
[GenerateSerializer, Immutable, Alias("width-expression.v1")]
public sealed record WidthExpression(int Constant, IReadOnlyList<WidthTerm> Terms)
{
    /// <summary>The number of channels at the given widths, one for each family of the profile.</summary>
    public int At(ReadOnlySpan<int> widths)
    {
        int sum = Constant;
        foreach (var term in Terms) sum += term.Multiplicity * widths[term.Family];
        return sum;
    }
}

/// <summary>One family's part in a number of channels.</summary>
/// <param name="Family">Index into the profile's families.</param>
/// <param name="Multiplicity">Channels that go with each unit of the family, such as 16 after flattening 4×4.</param>
[GenerateSerializer, Immutable, Alias("width-term.v1")]
public sealed record WidthTerm(int Family, int Multiplicity);

/// <summary>The cost of one operator: MACs = PerPair·in·out + PerOutput·out, parameters likewise.</summary>
[GenerateSerializer, Immutable, Alias("operator-profile.v1")]
public sealed record OperatorProfile
{
    /// <summary>The node's name.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>The ONNX operator.</summary>
    [Id(1)] public required string Operator { get; init; }

    /// <summary>Input channels (per group of a grouped convolution).</summary>
    [Id(2)] public required WidthExpression Input { get; init; }

    /// <summary>Output channels.</summary>
    [Id(3)] public required WidthExpression Output { get; init; }

    /// <summary>Multiply-accumulates for each pair of an input and an output channel.</summary>
    [Id(4)] public double MacsPerPair { get; init; }

    /// <summary>Multiply-accumulates for each output channel.</summary>
    [Id(5)] public double MacsPerOutput { get; init; }

    /// <summary>Parameters for each pair.</summary>
    [Id(6)] public double ParametersPerPair { get; init; }

    /// <summary>Parameters for each output channel.</summary>
    [Id(7)] public double ParametersPerOutput { get; init; }

    /// <summary>Which surface times it; null when it costs no time of its own (fused, or free).</summary>
    [Id(8)] public string? Surface { get; init; }

    /// <summary>The closure under which the entry counts (<see cref="Closures"/>); null for both.</summary>
    [Id(9)] public string? Closure { get; init; }

    /// <summary>Whether its cost depends on a family's width.</summary>
    public bool Touches(int family) => Input.Terms.Concat(Output.Terms).Any(term => term.Family == family);
}

/// <summary>The time of one kind of operator (kind, kernel, stride, spatial size, precision) over its widths, timed in isolation.</summary>
/// <param name="Key">Names the kind.</param>
/// <param name="Inputs">Timed input widths, ascending.</param>
/// <param name="Outputs">Timed output widths, ascending.</param>
/// <param name="Microseconds">Row-major: Inputs × Outputs.</param>
[GenerateSerializer, Immutable, Alias("latency-surface.v1")]
public sealed record LatencySurface(string Key, IReadOnlyList<int> Inputs, IReadOnlyList<int> Outputs, IReadOnlyList<double> Microseconds);

/// <summary>One criterion's scores of the dense model's units.</summary>
/// <param name="Criterion">Its name.</param>
/// <param name="Families">For each family of the profile its units' scores, normalised in the family, ascending.</param>
[GenerateSerializer, Immutable, Alias("criterion-scores.v1")]
public sealed record CriterionScores(string Criterion, IReadOnlyList<IReadOnlyList<double>> Families);
