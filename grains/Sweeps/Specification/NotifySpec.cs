namespace Distributed.Sweeps;

/// <summary>Who is told of what happens: a POST to a webhook, see <see cref="Notification"/>.</summary>
[GenerateSerializer, Immutable, Alias("notify-spec.v1")]
public sealed record NotifySpec
{
    /// <summary>An http or https address without a user or password in it.</summary>
    [Id(0)] public required string Url { get; init; }

    /// <summary>What is told; at least one.</summary>
    [Id(1)] public IReadOnlyList<NotifyEvent> Events { get; init; } = [NotifyEvent.Finished, NotifyEvent.Failed, NotifyEvent.Knee];

    /// <summary>
    /// The environment variable of the silo that holds the secret of the signature: DISTRIBUTED_NOTIFY_ and letters, digits, '_'. Null for no
    /// signature. The secret itself stands nowhere.
    /// </summary>
    [Id(2)] public string? SecretEnv { get; init; }
}

/// <summary>What a webhook can be told.</summary>
[GenerateSerializer, Alias("notify-event.v1")]
public enum NotifyEvent
{
    /// <summary>The sweep's budget is used or its space exhausted.</summary>
    Finished,

    /// <summary>The sweep cannot go on.</summary>
    Failed,

    /// <summary>The front, of at least three models, has another knee.</summary>
    Knee,
}
