namespace Distributed.Search;

/// <summary>The samplers by name. A new one is a file of its own and a line here.</summary>
public static class Samplers
{
    private static readonly Dictionary<string, ISampler> Registered = new(StringComparer.Ordinal)
    {
        ["bayesian"] = new BayesianSampler(new TrustRegionSampler()),
        ["grid"] = new GridSampler(),
        ["nsga2"] = new NsgaSampler(),
        ["random"] = new RandomSampler(),
        ["sobol"] = new SobolSampler(),
        ["tpe"] = new TpeSampler(),
        ["trust-region"] = new TrustRegionSampler(),
    };

    /// <summary>Names, in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Registered.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The sampler of that name.</summary>
    /// <exception cref="InvalidInputException">There is none.</exception>
    public static ISampler Find(string name) => Registered.TryGetValue(name, out var sampler)
        ? sampler
        : throw new InvalidInputException("sampler.name", $"'{name}' is not a sampler", ClosestName.Remedy(name, Names));
}
