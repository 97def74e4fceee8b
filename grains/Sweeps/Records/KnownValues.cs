using System.Collections.Immutable;
using System.Text.Json;

namespace Distributed.Sweeps;

/// <summary>The values that <see cref="KnownEntries"/> consist of, read as it reads them: whole and as expected, or null.</summary>
internal static class KnownValues
{
    /// <summary>A candidate, of which the first token was read.</summary>
    public static Candidate? Candidate(ref Utf8JsonReader json)
    {
        if (!json.NextMember() || !json.ValueTextEquals("values"u8) || !json.TryBegin()) return null;
        var values = ImmutableSortedDictionary.CreateBuilder<string, ParameterValue>(StringComparer.Ordinal);
        while (json.NextMember())
        {
            string name = SharedTexts.Of(ref json);
            if (json.TryNumber(out double number)) values[name] = new ParameterValue.Number(number);
            else if (json.TokenType == JsonTokenType.String) values[name] = new ParameterValue.Choice(SharedTexts.Of(ref json));
            else return null;
        }

        return json.NextMember() ? null : new(values.ToImmutable());
    }

    /// <summary>A completed trial, of which the first token was read; null for any other outcome.</summary>
    public static TrialOutcome.Completed? Completed(ref Utf8JsonReader json)
    {
        if (!json.NextMember() || !json.ValueTextEquals("kind"u8) || !json.Read() || !json.ValueTextEquals("completed"u8)) return null;
        (Measurement? measurement, TrialArtifacts? artifacts, double epochs) = (null, null, double.NaN);
        while (json.NextMember())
        {
            if (!(json.ValueTextEquals("measurement"u8) ? json.TryBegin() && (measurement = Measurement(ref json)) is not null
                : json.ValueTextEquals("artifacts"u8) ? json.TryBegin() && (artifacts = Artifacts(ref json)) is not null
                : json.ValueTextEquals("epochs"u8) && json.TryNumber(out epochs))) return null;
        }

        return measurement is not null && artifacts is not null && !double.IsNaN(epochs) ? new(measurement, artifacts, epochs) : null;
    }

    private static Measurement? Measurement(ref Utf8JsonReader json)
    {
        (double accuracy, double variance, double test, double corrupted, double over) = (double.NaN, 0, double.NaN, double.NaN, double.NaN);
        (long macs, long parameters, long bytes, long compressed, LatencyMeasurement? latency) = (-1, -1, -1, -1, null);
        while (json.NextMember())
        {
            if (!(json.ValueTextEquals("accuracy"u8) ? json.TryNumber(out accuracy)
                : json.ValueTextEquals("accuracyVariance"u8) ? json.TryNumber(out variance)
                : json.ValueTextEquals("testAccuracy"u8) ? json.TryNumber(out test)
                : json.ValueTextEquals("corruptedAccuracy"u8) ? json.TryNumber(out corrupted)
                : json.ValueTextEquals("latency"u8) ? json.TryBegin() && (latency = Latency(ref json)) is not null
                : json.ValueTextEquals("macs"u8) ? json.TryLong(out macs)
                : json.ValueTextEquals("parameters"u8) ? json.TryLong(out parameters)
                : json.ValueTextEquals("bytes"u8) ? json.TryLong(out bytes)
                : json.ValueTextEquals("compressedBytes"u8) ? json.TryLong(out compressed)
                : json.ValueTextEquals("overFloat32"u8) && json.TryNumber(out over))) return null;
        }

        bool whole = !double.IsNaN(accuracy + test + corrupted) && macs >= 0 && parameters >= 0 && bytes >= 0 && latency is not null;
        return !whole ? null : new()
        {
            Accuracy = accuracy,
            AccuracyVariance = variance,
            TestAccuracy = test,
            CorruptedAccuracy = corrupted,
            Latency = latency!,
            Macs = macs,
            Parameters = parameters,
            Bytes = bytes,
            CompressedBytes = compressed >= 0 ? compressed : null,
            OverFloat32 = double.IsNaN(over) ? null : over,
        };
    }

    private static LatencyMeasurement? Latency(ref Utf8JsonReader json)
    {
        (double median, double p95, double ratio, double deviation, double load) = (double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        (bool? settled, int repeats) = (null, -1);
        while (json.NextMember())
        {
            if (!(json.ValueTextEquals("medianMs"u8) ? json.TryNumber(out median)
                : json.ValueTextEquals("p95Ms"u8) ? json.TryNumber(out p95)
                : json.ValueTextEquals("ratio"u8) ? json.TryNumber(out ratio)
                : json.ValueTextEquals("ratioDeviation"u8) ? json.TryNumber(out deviation)
                : json.ValueTextEquals("load"u8) ? json.TryNumber(out load)
                : json.ValueTextEquals("settled"u8) ? (settled = json.Truth()) is not null
                : json.ValueTextEquals("repeats"u8) && json.TryInt(out repeats))) return null;
        }

        return double.IsNaN(median + p95 + ratio + deviation + load) || settled is not { } calm || repeats < 0
            ? null
            : new(median, p95, ratio, deviation, load, calm, repeats);
    }

    private static TrialArtifacts? Artifacts(ref Utf8JsonReader json)
    {
        (ArtifactRef? model, ArtifactRef? plan, ArtifactRef? lineage) = (null, null, null);
        while (json.NextMember())
        {
            if (!(json.ValueTextEquals("model"u8) ? json.TryBegin() && (model = Artifact(ref json)) is not null
                : json.ValueTextEquals("plan"u8) ? json.TryBegin() && (plan = Artifact(ref json)) is not null
                : json.ValueTextEquals("lineage"u8) && json.TryBegin() && (lineage = Artifact(ref json)) is not null)) return null;
        }

        return model is not null && lineage is not null ? new(model, plan, lineage) : null;
    }

    private static ArtifactRef? Artifact(ref Utf8JsonReader json)
    {
        (string? name, string? hash, long bytes) = (null, null, -1);
        while (json.NextMember())
        {
            if (!(json.ValueTextEquals("name"u8) ? json.TryText(out name)
                : json.ValueTextEquals("sha256"u8) ? json.TryText(out hash)
                : json.ValueTextEquals("bytes"u8) && json.TryLong(out bytes))) return null;
        }

        return name is not null && hash is not null && bytes >= 0 ? new(new(name), hash, bytes) : null;
    }
}
