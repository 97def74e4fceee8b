namespace Distributed.Otlp;

/// <summary>How exports travel.</summary>
public enum OtlpProtocol
{
    /// <summary>http/protobuf.</summary>
    Http,

    /// <summary>grpc.</summary>
    Grpc,
}
