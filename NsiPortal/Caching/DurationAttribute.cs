using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace NsiPortal.Caching;

/// <summary>How short and how long a setting may be. <see cref="RangeAttribute"/> reads its limits at its first use, and two hosts that start at once in one process can fail over it.</summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class DurationAttribute(string shortest, string longest) : ValidationAttribute
{
    readonly TimeSpan least = TimeSpan.Parse(shortest, CultureInfo.InvariantCulture);
    readonly TimeSpan most = TimeSpan.Parse(longest, CultureInfo.InvariantCulture);

    public override bool IsValid(object? value) => value is TimeSpan duration && duration >= least && duration <= most;

    public override string FormatErrorMessage(string name) => $"{name} : de {shortest} à {longest}.";
}
