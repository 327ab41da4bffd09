using System.Globalization;
using NsiPortal.Domain.Courses;

namespace NsiPortal.Domain.Studies;

/// <summary>Addresses for what has a name.</summary>
public static class Slugs
{
    /// <summary>Means something below <c>/etudes/</c>.</summary>
    const string Subjects = "matieres";

    /// <summary>The slug of the name, with a number when others have it already.</summary>
    public static string Free(string name, IEnumerable<string> taken)
    {
        var others = taken.Append(Subjects).ToHashSet(StringComparer.Ordinal);
        // One that is free stays as it is.
        if (Slug.IsValid(name) && !others.Contains(name)) return name;
        var slug = Slug.From(name) is { Length: > 0 } given ? given : "etudes";
        if (slug.Length > Slug.MaxLength - 6) slug = slug[..(Slug.MaxLength - 6)].Trim('-');
        for (var number = 1; ; number++)
        {
            var candidate = number == 1 ? slug : string.Create(CultureInfo.InvariantCulture, $"{slug}-{number}");
            if (Slug.IsValid(candidate) && !others.Contains(candidate)) return candidate;
        }
    }
}
