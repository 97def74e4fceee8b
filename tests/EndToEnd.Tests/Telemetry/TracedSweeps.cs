using Distributed.Otlp;

namespace Distributed.EndToEnd.Tests.Telemetry;

/// <summary>What every process exports when OTEL_EXPORTER_OTLP_PROTOCOL is http/protobuf.</summary>
public sealed class HttpSweep() : TracedSweep(OtlpProtocol.Http);

/// <summary>What every process exports when it is grpc.</summary>
public sealed class GrpcSweep() : TracedSweep(OtlpProtocol.Grpc);

[CollectionDefinition(Name)]
public sealed class HttpSweepCollection : ICollectionFixture<HttpSweep>
{
    public const string Name = "a sweep traced over HTTP";
}

[CollectionDefinition(Name)]
public sealed class GrpcSweepCollection : ICollectionFixture<GrpcSweep>
{
    public const string Name = "a sweep traced over gRPC";
}

[Collection(HttpSweepCollection.Name)]
public sealed class HttpTraceTests(HttpSweep sweep) : TraceTests(sweep);

[Collection(GrpcSweepCollection.Name)]
public sealed class GrpcTraceTests(GrpcSweep sweep) : TraceTests(sweep);

[Collection(HttpSweepCollection.Name)]
public sealed class HttpMetricTests(HttpSweep sweep) : MetricTests(sweep);

[Collection(GrpcSweepCollection.Name)]
public sealed class GrpcMetricTests(GrpcSweep sweep) : MetricTests(sweep);
