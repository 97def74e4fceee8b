using System.Globalization;

namespace Distributed.Search;

/// <summary>One varying parameter as an interval [0, 1].</summary>
/// <remarks>Decode(Encode(Decode(u))) = Decode(u): every value has one place, and every place one value.</remarks>
internal abstract record Axis(string Name)
{
    /// <summary>How many values it has; null when they are not counted.</summary>
    public abstract long? Levels { get; }

    /// <summary>Whether nearness means anything.</summary>
    public virtual bool IsOrdered => true;

    /// <summary>The value at a place in [0, 1].</summary>
    public abstract ParameterValue Decode(double place);

    /// <summary>The place of a value, in [0, 1].</summary>
    /// <exception cref="ArgumentException">Not a value of this parameter.</exception>
    public abstract double Encode(ParameterValue value);

    /// <summary>The place of a counted value.</summary>
    /// <param name="level">0, 1, … below <see cref="Levels"/>.</param>
    public virtual double PlaceOf(long level) => (level + 0.5) / Levels!.Value;

    /// <summary>A place moved by a step, and at least to the next value; outside [0, 1] where there is none.</summary>
    /// <param name="place">In [0, 1].</param>
    /// <param name="step">Its sign is the direction.</param>
    public virtual double Moved(double place, double step) => place + Math.CopySign(Math.Max(Math.Abs(step), Levels is { } levels ? 1.0 / levels : 0), step);

    /// <summary>The axis of a parameter; null when it does not vary.</summary>
    public static Axis? Of(Parameter parameter) => parameter switch
    {
        Parameter.Real real => new RealAxis(real),
        Parameter.Integer integer => new IntegerAxis(integer),
        Parameter.Categorical categorical => new CategoricalAxis(categorical),
        Parameter.Ordinal ordinal => new OrdinalAxis(ordinal),
        _ => null,
    };

    /// <summary>The number under this axis, or an error that names it.</summary>
    protected double NumberOf(ParameterValue value) =>
        value is ParameterValue.Number number ? number.Value : throw new ArgumentException($"'{Name}' is a number, not '{value}'.", nameof(value));
}

/// <summary>A real parameter. Values are rounded to four significant digits: finer differences cannot be told apart and only make names long.</summary>
internal sealed record RealAxis(Parameter.Real Parameter) : Axis(Parameter.Name)
{
    private readonly double _from = Walk(Parameter.Scale, Parameter.Low);
    private readonly double _to = Walk(Parameter.Scale, Parameter.High);

    public override long? Levels => null;

    public override ParameterValue Decode(double place)
    {
        if (place <= 0) return Parameter.Low;
        if (place >= 1) return Parameter.High;
        double value = Parameter.Scale switch
        {
            Scale.Log => Parameter.Low * Math.Pow(Parameter.High / Parameter.Low, place),
            Scale.Logit => 1 / (1 + Math.Exp(-(_from + (place * (_to - _from))))),
            _ => Parameter.Low + (place * (Parameter.High - Parameter.Low)),
        };
        return Math.Clamp(Round(value), Parameter.Low, Parameter.High);
    }

    public override double Encode(ParameterValue value)
    {
        double number = Math.Clamp(NumberOf(value), Parameter.Low, Parameter.High);
        return Math.Clamp((Walk(Parameter.Scale, number) - _from) / (_to - _from), 0, 1);
    }

    /// <summary>On a logit scale the distance to 1 counts as much as that to 0: the nearer one keeps four digits.</summary>
    private double Round(double value) =>
        Parameter.Scale == Scale.Logit && value > 0.5 ? (double)(1m - (decimal)Digits(1 - value)) : Digits(value);

    private static double Digits(double value)
    {
        Span<char> text = stackalloc char[32];
        value.TryFormat(text, out int length, "G4", CultureInfo.InvariantCulture);
        return double.Parse(text[..length], CultureInfo.InvariantCulture);
    }

    private static double Walk(Scale scale, double value) => scale switch
    {
        Scale.Log => Math.Log(value),
        Scale.Logit => Math.Log(value / (1 - value)),
        _ => value,
    };
}

/// <summary>
/// A whole-number parameter: [0, 1] is cut into one cell for each value, from half a step below to half a step above it, and a value stands
/// in the middle of its cell. On a logarithmic scale the cells are as wide as their logarithms.
/// </summary>
internal sealed record IntegerAxis(Parameter.Integer Parameter) : Axis(Parameter.Name)
{
    private readonly double _from = Math.Max(Parameter.Low - (Parameter.Step / 2.0), Parameter.Scale == Scale.Log ? Parameter.Low / 2.0 : double.MinValue);
    private readonly double _to = Parameter.Low + ((((Parameter.High - Parameter.Low) / Parameter.Step) + 0.5) * Parameter.Step);

    public override long? Levels => ((Parameter.High - Parameter.Low) / Parameter.Step) + 1;

    public override ParameterValue Decode(double place)
    {
        double number = Parameter.Scale == Scale.Log ? _from * Math.Pow(_to / _from, place) : _from + (place * (_to - _from));
        long level = (long)Math.Floor(((number - Parameter.Low) / Parameter.Step) + 0.5);
        return (double)(Parameter.Low + (Math.Clamp(level, 0, Levels!.Value - 1) * Parameter.Step));
    }

    public override double PlaceOf(long level) => Encode((double)(Parameter.Low + (level * Parameter.Step)));

    /// <remarks>Cells of a logarithmic scale are of many widths: what a step leaves in the same one goes to the next.</remarks>
    public override double Moved(double place, double step)
    {
        if (Parameter.Scale != Scale.Log) return base.Moved(place, step);
        double value = NumberOf(Decode(place)), far = place + step;
        if (far is >= 0 and <= 1 && NumberOf(Decode(far)) != value) return far;
        double next = value + Math.CopySign(Parameter.Step, step);
        return next < Parameter.Low ? -1 : next > Parameter.High ? 2 : Encode(next);
    }

    public override double Encode(ParameterValue value)
    {
        double number = NumberOf(value);
        double place = Parameter.Scale == Scale.Log
            ? Math.Log(number / _from) / Math.Log(_to / _from)
            : (number - _from) / (_to - _from);
        return Math.Clamp(place, 0, 1);
    }
}

/// <summary>A choice without an order: [0, 1] is cut into equal cells.</summary>
internal sealed record CategoricalAxis(Parameter.Categorical Parameter) : Axis(Parameter.Name)
{
    public override long? Levels => Parameter.Choices.Count;

    public override bool IsOrdered => false;

    public override ParameterValue Decode(double place) =>
        Parameter.Choices[Math.Clamp((int)(place * Parameter.Choices.Count), 0, Parameter.Choices.Count - 1)];

    public override double Encode(ParameterValue value)
    {
        for (int i = 0; i < Parameter.Choices.Count; i++)
        {
            if (value is ParameterValue.Choice choice && choice.Name == Parameter.Choices[i]) return (i + 0.5) / Parameter.Choices.Count;
        }

        throw new ArgumentException($"'{Name}' is one of {string.Join(", ", Parameter.Choices)}, not '{value}'.", nameof(value));
    }
}

/// <summary>Levels in an order: [0, 1] is cut into equal cells.</summary>
internal sealed record OrdinalAxis(Parameter.Ordinal Parameter) : Axis(Parameter.Name)
{
    public override long? Levels => Parameter.Levels.Count;

    public override ParameterValue Decode(double place) =>
        Parameter.Levels[Math.Clamp((int)(place * Parameter.Levels.Count), 0, Parameter.Levels.Count - 1)];

    /// <summary>A number between two levels stands at the nearer one.</summary>
    public override double Encode(ParameterValue value) => (Nearest(value) + 0.5) / Parameter.Levels.Count;

    private int Nearest(ParameterValue value)
    {
        for (int i = 0; i < Parameter.Levels.Count; i++)
        {
            if (Parameter.Levels[i] == value) return i;
        }

        if (value is not ParameterValue.Number number || Parameter.Levels[0] is not ParameterValue.Number)
            throw new ArgumentException($"'{Name}' is one of {string.Join(", ", Parameter.Levels)}, not '{value}'.", nameof(value));
        return Enumerable.Range(0, Parameter.Levels.Count).MinBy(i => Math.Abs(((ParameterValue.Number)Parameter.Levels[i]).Value - number.Value));
    }
}
