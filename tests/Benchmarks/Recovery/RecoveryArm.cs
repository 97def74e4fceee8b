using Distributed.Sweeps;

namespace Distributed.Benchmarks;

/// <summary>One way to make a network smaller and win its accuracy back: a width for each family, and how to recover.</summary>
/// <param name="Name">Shown.</param>
/// <param name="Widths">For each family of the profile how many units stay.</param>
/// <param name="Recovery">Parameters of the trial beside the ratios.</param>
internal sealed record RecoveryArm(string Name, int[] Widths, IReadOnlyDictionary<string, ParameterValue> Recovery)
{
    /// <summary>The candidate whose ratios give the widths.</summary>
    public Candidate Candidate(ModelProfile profile) => new(
    [
        .. profile.Families.Select((family, i) => KeyValuePair.Create(
            ParameterNames.OfFamily(ParameterNames.Ratio, family.Name), (ParameterValue)new ParameterValue.Number(1 - (Widths[i] / (double)family.Width)))),
        .. Recovery,
    ]);

    /// <summary>The profile in which the widths are worth having, whatever the host's runtime makes of them.</summary>
    public ModelProfile Profile(ModelProfile profile) => profile with
    {
        Families = [.. profile.Families.Select((family, i) => family with { Widths = Widths[i] == family.Width ? [family.Width] : [Widths[i], family.Width] })],
    };
}
