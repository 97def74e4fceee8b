using CsCheck;

namespace Distributed.Client.Tests.SweepFiles;

public sealed class SweepFileRoundTripTests
{
    [Fact]
    public void A_spec_written_as_a_sweep_file_reads_back_the_same() => AnySpec.Valid.Sample(
        spec => Texts.Parse(SpecYaml.Write(spec)).Fingerprint() == spec.Fingerprint(), iter: 500, print: spec => SpecYaml.Write(spec));
}
