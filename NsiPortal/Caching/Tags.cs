using System.Globalization;

namespace NsiPortal.Caching;

/// <summary>
/// The names of the tags. A page declares templates, whose <c>{placeholder}</c> is a route value that stands for a slug; a change evicts
/// names built from immutable ids, so that renaming a slug never loses a page.
/// </summary>
public static class Tags
{
    /// <summary>Lists of courses: any published change of a course, and a chapter's existence, title, slug or order.</summary>
    public const string Courses = "courses";

    /// <summary>The official programme.</summary>
    public const string Programme = "programme";

    /// <summary>The map from slugs to ids. Never part of a page's key: the policy compares it with the label of its map.</summary>
    public const string Routes = "routes";

    /// <summary>Every page there is: what a bulk loader evicts.</summary>
    public const string Everything = "*";

    /// <summary>Which exercises there are, in which chapters, and what they are worth.</summary>
    public const string Exercises = "exercises";

    /// <summary>Who may be seen on leaderboards, and under what name. Experience that is gained does not touch it: leaderboards are bounded.</summary>
    public const string Leaderboard = "leaderboard";

    /// <summary>What classes are called, whether they go on, and what they are given to do: for pages that show a reader's classes, whichever they are.</summary>
    public const string Classes = "classes";

    /// <summary>What search finds: the words of published chapters and of their exercises.</summary>
    public const string Search = "search";

    /// <summary>The catalogue of studies, kind by kind. Pages carry those of all the ancestors of what they show: what is deleted takes what is below it along.</summary>
    public const string Universities = "universities";

    /// <inheritdoc cref="Universities"/>
    public const string Faculties = "faculties";

    /// <inheritdoc cref="Universities"/>
    public const string Programmes = "programmes";

    /// <inheritdoc cref="Universities"/>
    public const string Subjects = "subjects";

    /// <summary>The figures of administration, which are bounded: only who asks for them anew evicts them.</summary>
    public const string Dashboard = "dashboard";

    public const string Course = "course:{course}";
    public const string Chapter = "chapter:{chapter}";

    /// <summary>The signed-in user of a personal page.</summary>
    public const string User = "user:{user}";

    /// <summary>The class in a page's address.</summary>
    public const string Class = "class:{class}";

    /// <summary>Those without an id.</summary>
    public static IReadOnlyList<string> Names { get; } = [Courses, Programme, Exercises, Classes, Leaderboard, Search, Dashboard, Universities, Faculties, Programmes, Subjects, Routes];

    /// <summary>Whether pages can carry a tag of this name; an id need not exist.</summary>
    public static bool IsName(string name) => name.Split(':', 2) switch
    {
        [var whole] => Names.Contains(whole),
        ["course" or "chapter" or "class", var id] => int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && id[0] != '0',
        ["user", var id] => id.Length > 0 && !id.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)),
        _ => false,
    };

    public static string OfCourse(int id) => string.Create(CultureInfo.InvariantCulture, $"course:{id}");

    public static string OfChapter(int id) => string.Create(CultureInfo.InvariantCulture, $"chapter:{id}");

    public static string OfClass(int id) => string.Create(CultureInfo.InvariantCulture, $"class:{id}");

    /// <summary>Whether what carries it is one user's.</summary>
    public static bool IsOfUser(string name) => name.StartsWith("user:", StringComparison.Ordinal);

    public static string OfUser(int id) => string.Create(CultureInfo.InvariantCulture, $"user:{id}");

    public static string OfUser(string id) => $"user:{id}";
}
