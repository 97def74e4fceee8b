using Distributed.Sweeps;

namespace Distributed.Compression.Data;

/// <summary>Paints one image of a shape: a sloping background, clutter behind, the shape, clutter in front, noise.</summary>
internal sealed class ShapePainter(SeededRandom random, int size)
{
    private readonly double[] _canvas = new double[3 * size * size];

    /// <summary>Paints a shape into channels × rows × columns of bytes.</summary>
    public void Paint(int kind, Span<byte> pixels)
    {
        Slope(Colour(0, 0.4));
        for (int i = random.Next(0, 3); i > 0; i--) Stroke(Colour(0.3, 0.8));
        Stamp(kind, Colour(0.5, 1));
        for (int i = random.Next(0, 2); i > 0; i--) Stroke(Colour(0, 0.6));
        Develop(pixels, Between(0.02, 0.08));
    }

    private double Between(double low, double high) => low + ((high - low) * random.NextDouble());

    private double[] Colour(double low, double high) => [Between(low, high), Between(low, high), Between(low, high)];

    private void Slope(double[] colour)
    {
        double right = Between(-0.2, 0.2), down = Between(-0.2, 0.2);
        Fill((_, _) => 1, (channel, x, y) => colour[channel] + (right * ((x / size) - 0.5)) + (down * ((y / size) - 0.5)));
    }

    private void Stamp(int kind, double[] colour)
    {
        double radius = Between(0.28, 0.42) * size;
        double centreX = (0.5 * size) + Between(-0.1, 0.1) * size;
        double centreY = (0.5 * size) + Between(-0.1, 0.1) * size;
        double stretch = Between(0.85, 1.18);
        (double cos, double sin) = Direction();
        Fill(
            (x, y) =>
            {
                double dx = (x - centreX) / radius, dy = (y - centreY) / radius;
                double u = ((cos * dx) + (sin * dy)) * stretch, v = ((cos * dy) - (sin * dx)) / stretch;
                return 0.5 - (Shape.Distance(kind, u, v) * radius);
            },
            (channel, _, _) => colour[channel]);
    }

    /// <summary>A short straight stroke anywhere.</summary>
    private void Stroke(double[] colour)
    {
        double fromX = Between(0, size), fromY = Between(0, size);
        double length = Between(0.1, 0.4) * size, half = Between(0.4, 0.9);
        (double cos, double sin) = Direction();
        Fill(
            (x, y) =>
            {
                double along = Math.Clamp(((x - fromX) * cos) + ((y - fromY) * sin), 0, length);
                double dx = x - fromX - (along * cos), dy = y - fromY - (along * sin);
                return 0.5 + half - Math.Sqrt((dx * dx) + (dy * dy));
            },
            (channel, _, _) => colour[channel]);
    }

    /// <summary>A uniform direction without trigonometry, whose last bit differs between machines: a point of the unit disk, normalised.</summary>
    private (double Cos, double Sin) Direction()
    {
        while (true)
        {
            double x = Between(-1, 1), y = Between(-1, 1), square = (x * x) + (y * y);
            if (square is > 0.01 and <= 1) return (x / Math.Sqrt(square), y / Math.Sqrt(square));
        }
    }

    /// <summary>Blends a colour in wherever the coverage, taken into [0, 1], is above 0.</summary>
    private void Fill(Func<double, double, double> coverage, Func<int, double, double, double> colour)
    {
        for (int y = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++)
            {
                double share = Math.Clamp(coverage(x + 0.5, y + 0.5), 0, 1);
                if (share <= 0) continue;
                for (int channel = 0; channel < 3; channel++)
                {
                    ref double pixel = ref _canvas[(((channel * size) + y) * size) + x];
                    pixel += share * (colour(channel, x + 0.5, y + 0.5) - pixel);
                }
            }
        }
    }

    /// <summary>Adds noise (a sum of four uniform draws: nearly normal and exact everywhere) and rounds to bytes.</summary>
    private void Develop(Span<byte> pixels, double deviation)
    {
        double scale = deviation * Math.Sqrt(3);
        for (int i = 0; i < pixels.Length; i++)
        {
            double noise = random.NextDouble() + random.NextDouble() + random.NextDouble() + random.NextDouble() - 2;
            pixels[i] = (byte)Math.Clamp(Math.Round(255 * (_canvas[i] + (scale * noise))), 0, 255);
        }
    }
}
