namespace Distributed.Search.Tests;

public sealed class RegisteredSamplersTests : SamplerConformance;
