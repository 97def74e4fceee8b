namespace Distributed.Testing;

/// <summary>
/// Yield (negated), carbon dioxide and time of a simulated fed-batch fermentation of penicillin (Liang and Lai 2021). The largest hypervolume
/// is not known.
/// </summary>
/// <remarks>
/// Explicit Euler steps of one hour, every derivative from the old state, until the tank overflows, the substrate is used up or the yield no
/// longer grows. V volume, X biomass, S substrate, P product, C carbon dioxide, T temperature, F feed, s_f its substrate, H acidity.
/// </remarks>
internal static class Penicillin
{
    private const int LastHour = 2500;
    private const double GasConstant = 1.9872;

    public static TestProblem Problem { get; } = new()
    {
        Name = "Penicillin",
        Space = TestProblem.Reals((60, 120), (0.05, 18), (293, 303), (0.05, 18), (0.01, 0.5), (500, 700), (5, 6.5)),
        Objectives = x => Ferment(x[0], x[1], x[2], x[3], x[4], x[5], x[6]),
        Reference = [1.85, 86.93, 514.70],
    };

    private static double[] Ferment(double volume, double biomass, double temperature, double substrate, double feed, double feedSubstrate, double ph)
    {
        double acidity = Math.Pow(10, -ph);
        double loss = 2.5e-4 * (Math.Exp(5 * (temperature - 373) / (273 - 373)) - 1);
        double growth = 0.092 / (1 + (1e-10 / acidity) + (acidity / 7e-5))
            * ((7e3 * Math.Exp(-5100 / (GasConstant * temperature))) - (1e33 * Math.Exp(-50000 / (GasConstant * temperature))));
        double product = 0;
        double gas = 0;
        int hour = 1;
        for (; hour <= LastHour; hour++)
        {
            double swelling = feed - (volume * loss);
            double mu = growth * substrate / ((0.15 * biomass) + substrate);
            double production = 0.005 * substrate / (0.0002 + substrate + (substrate * substrate / 0.10));
            double grown = (mu * biomass) - (biomass / volume * swelling);
            double fed = (-(mu / 0.45) * biomass) - (production / 0.90 * biomass) - (0.014 * biomass) + (feed * feedSubstrate / volume)
                - (substrate / volume * swelling);
            double made = (production * biomass) - (0.04 * product) - (product / volume * swelling);
            gas += (0.143 * grown) + (4e-7 * biomass) + 1e-4;
            product += made;
            volume += swelling;
            biomass += grown;
            substrate += fed;
            if (volume > 180 || substrate < 0 || made < 1e-11) break;
        }

        return [-product, gas, Math.Min(hour, LastHour)];
    }
}
