namespace Distributed.Silo.Serving;

/// <summary>With what exit code the silo ends.</summary>
internal sealed class SiloEnd
{
    /// <summary>It should be started again: by a supervisor, as after a crash.</summary>
    public const int Again = 1;

    /// <summary>0 unless something else was decided.</summary>
    public int Code { get; set; }
}
