using Distributed.Client.Reports;
using Distributed.Client.SweepFiles;
using Distributed.Contracts;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Distributed.Client.Rendering;

/// <summary>`cluster`: silos, and slots with what they run.</summary>
internal static class ClusterPage
{
    private const double Gibibyte = 1L << 30;

    /// <summary>The two tables.</summary>
    public static IRenderable Of(IReadOnlyList<SiloView> silos, DateTimeOffset now)
    {
        if (silos.Count == 0) return new Text("No silo has reported yet; ask again in a moment.\n");
        List<IRenderable> parts = [Silos(silos, now)];
        if (silos.Any(silo => silo.Report.Slots.Count > 0)) parts.Add(Slots(silos, now));
        return new Rows(parts);
    }

    private static Table Silos(IReadOnlyList<SiloView> silos, DateTimeOffset now)
    {
        var table = new Table().RoundedBorder().AddColumns("silo", "role", "status", "version", "host", "address");
        foreach (string column in (string[])["cores", "memory", "busy", "up"]) table.AddColumn(new TableColumn(column).RightAligned().NoWrap());
        foreach (var silo in silos)
        {
            var report = silo.Report;
            table.AddRow([.. new[]
            {
                report.Name,
                report.Role.ToString().ToLowerInvariant(),
                SiloLine.StatusOf(silo),
                report.Version,
                report.Host,
                report.Address,
                $"{report.Cores}",
                Memory(report.MemoryBytes),
                report.Slots.Count == 0 ? "" : $"{report.Slots.Count(slot => slot.Work is not null)} of {report.Slots.Count}",
                Quantity.Clock(now - report.Started),
            }.Select(cell => new Text(cell))]);
        }

        return table;
    }

    private static Table Slots(IReadOnlyList<SiloView> silos, DateTimeOffset now)
    {
        var table = new Table().RoundedBorder().AddColumns("slot", "device");
        table.AddColumn(new TableColumn("memory").RightAligned()).AddColumns("sweep").AddColumn(new TableColumn("trial").RightAligned());
        table.AddColumn("phase").AddColumn(new TableColumn("for").RightAligned());
        foreach (var slot in silos.SelectMany(silo => silo.Report.Slots))
        {
            table.AddRow([.. new[]
            {
                slot.Name,
                slot.DeviceName.Length > 0 ? $"{slot.Device}: {slot.DeviceName}" : slot.Device,
                Memory(slot.MemoryBytes),
                slot.Work?.Sweep.Value ?? "idle",
                slot.Work is { Trial: var trial } ? $"{trial}" : "",
                slot.Work?.Phase is { } phase ? Vocabulary.NameOf(phase) : "",
                slot.Work is { Since: var since } ? Quantity.Clock(now - since) : "",
            }.Select(cell => new Text(cell))]);
        }

        return table;
    }

    private static string Memory(long bytes) => bytes == 0 ? "" : Invariant($"{bytes / Gibibyte:0.#} GiB");
}
