using System.Globalization;

namespace NsiPortal.Bench;

/// <summary>What was measured again and again.</summary>
sealed class Sample
{
    readonly List<double> values = [];

    public void Add(double value) => values.Add(value);

    public double Median => At(0.5);

    /// <summary>The median, with the half of the values around it.</summary>
    public string ToString(string format, string unit = "") =>
        string.Create(CultureInfo.InvariantCulture, $"{Median.ToString(format, CultureInfo.InvariantCulture)}{unit} ({At(0.25).ToString(format, CultureInfo.InvariantCulture)} to {At(0.75).ToString(format, CultureInfo.InvariantCulture)})");

    double At(double quantile) => values.Order().ElementAt((int)(values.Count * quantile));
}
