using System.Globalization;
using System.Text.Json.Serialization;

namespace Distributed.Sweeps;

/// <summary>The value of one parameter: a number or a name. A closed union with structural equality.</summary>
[GenerateSerializer, Immutable, Alias("parameter-value.v1")]
[JsonConverter(typeof(ParameterValueConverter))]
public abstract record ParameterValue
{
    private ParameterValue()
    {
    }

    /// <summary>A real or whole number. Whole numbers are exact up to 2^53.</summary>
    /// <param name="Value">Finite.</param>
    [GenerateSerializer, Immutable, Alias("parameter-number.v1")]
    public sealed record Number([property: Id(0)] double Value) : ParameterValue
    {
        /// <summary>The shortest text that reads back as the same number.</summary>
        public override string ToString() => Value.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>The name of a choice.</summary>
    /// <param name="Name">As it stands in the space.</param>
    [GenerateSerializer, Immutable, Alias("parameter-choice.v1")]
    public sealed record Choice([property: Id(0)] string Name) : ParameterValue
    {
        /// <summary>The name itself.</summary>
        public override string ToString() => Name;
    }

    /// <summary>A number as a value.</summary>
    public static implicit operator ParameterValue(double value) => new Number(value);

    /// <summary>A name as a value.</summary>
    public static implicit operator ParameterValue(string name) => new Choice(name);
}
