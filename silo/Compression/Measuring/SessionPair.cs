namespace Distributed.Compression.Measuring;

/// <summary>The timed runs of one session of the model and one of the reference, run in turn.</summary>
/// <remarks>
/// Runs alternate in blocks of five (M R · R M · M R …), so that a drift of the clock or a neighbour's load meets both alike. The
/// pair's ratio is the median over blocks of median(model) ÷ median(reference); a block's median also leaves out its first run,
/// which finds the caches filled by the other model.
/// </remarks>
/// <param name="Model">Milliseconds of each run of the model.</param>
/// <param name="Reference">Milliseconds of each run of the reference.</param>
/// <param name="Ratio">Model ÷ reference.</param>
internal sealed record SessionPair(IReadOnlyList<double> Model, IReadOnlyList<double> Reference, double Ratio)
{
    /// <summary>Runs of a block.</summary>
    public const int Block = 5;

    /// <summary>Times two warm sessions.</summary>
    /// <param name="model">The session of the model.</param>
    /// <param name="reference">The session of the reference.</param>
    /// <param name="runs">Runs of each, rounded up to whole blocks.</param>
    /// <param name="cancellation">Looked at between blocks.</param>
    public static SessionPair Time(IModelSession model, IModelSession reference, int runs, CancellationToken cancellation)
    {
        List<double> times = [], referenceTimes = [], ratios = [];
        for (int block = 0; block * Block < runs; block++)
        {
            cancellation.ThrowIfCancellationRequested();
            bool first = block % 2 == 0;
            double[] early = Runs(first ? model : reference), late = Runs(first ? reference : model);
            (double[] ours, double[] theirs) = first ? (early, late) : (late, early);
            times.AddRange(ours);
            referenceTimes.AddRange(theirs);
            ratios.Add(Order.Median(ours) / Order.Median(theirs));
        }

        return new(times, referenceTimes, Order.Median(ratios));
    }

    private static double[] Runs(IModelSession session)
    {
        double[] times = new double[Block];
        for (int i = 0; i < Block; i++) times[i] = session.Run();
        return times;
    }
}
