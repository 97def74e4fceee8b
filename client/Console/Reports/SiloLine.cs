using Distributed.Contracts;

namespace Distributed.Client.Reports;

/// <summary>A silo as one JSON object.</summary>
internal sealed record SiloLine(
    string Name,
    string Host,
    SiloRole Role,
    string Version,
    string Address,
    int Process,
    string Status,
    DateTimeOffset Started,
    DateTimeOffset Heard,
    int Cores,
    long MemoryBytes,
    IReadOnlyList<SlotLine> Slots)
{
    /// <summary>The line of a silo.</summary>
    public static SiloLine Of(SiloView silo) => new(
        silo.Report.Name,
        silo.Report.Host,
        silo.Report.Role,
        silo.Report.Version,
        silo.Report.Address,
        silo.Report.Process,
        StatusOf(silo),
        silo.Report.Started,
        silo.Heard,
        silo.Report.Cores,
        silo.Report.MemoryBytes,
        [.. silo.Report.Slots.Select(SlotLine.Of)]);

    /// <summary>"up", "leaving" or "silent".</summary>
    public static string StatusOf(SiloView silo) => silo.IsSilent ? "silent" : silo.Report.Draining ? "leaving" : "up";
}

/// <summary>A slot in it.</summary>
internal sealed record SlotLine(
    string Name, string Device, string DeviceName, long MemoryBytes, string? Sweep, int? Trial, int? Epoch, TrialPhase? Phase, DateTimeOffset? Since)
{
    /// <summary>The line of a slot.</summary>
    public static SlotLine Of(SlotReport slot) => new(
        slot.Name,
        slot.Device,
        slot.DeviceName,
        slot.MemoryBytes,
        slot.Work?.Sweep.Value,
        slot.Work?.Trial.Number,
        slot.Work?.Epoch,
        slot.Work?.Phase,
        slot.Work?.Since);
}
