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
        return Slug.Free(name, "etudes", others.Contains);
    }
}
