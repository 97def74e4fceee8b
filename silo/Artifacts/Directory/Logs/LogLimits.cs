namespace Distributed.Artifacts;

/// <summary>How a log is cut into segments and writes.</summary>
/// <param name="SegmentRecords">Records of a segment, unless a single append has more.</param>
/// <param name="BatchBytes">Bytes after which a write takes no further append.</param>
internal sealed record LogLimits(int SegmentRecords = LogSegment.RecordsLimit, int BatchBytes = 1 << 22);
