namespace NsiPortal.Content;

/// <summary>The courses that travel with the portal, each a folder.</summary>
public static class DemoCourse
{
    public const string Databases = "bases-de-donnees-et-sql";

    public static string Root { get; } = Path.Combine(AppContext.BaseDirectory, "Content");

    /// <summary>What the official contents that a course covers begin with.</summary>
    public static IReadOnlyDictionary<string, string[]> Themes { get; } = new Dictionary<string, string[]>
    {
        [Databases] = ["T-BDD-"],
        ["types-de-base-et-types-construits"] = ["P-BASE-", "P-CONS-"],
        ["algorithmique"] = ["P-ALGO-"],
        ["structures-de-donnees"] = ["T-STRUC-"],
    };

    public static IReadOnlyList<string> Names { get; } = [.. Directory.EnumerateDirectories(Root).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Rows { get; } = [.. Names];

    public static string FolderOf(string course) => Path.Combine(Root, course);

    /// <param name="name">As <c>course/file</c>.</param>
    public static string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>The course of a name like <c>course/file</c>.</summary>
    public static string Of(string name) => name.Split('/', 2)[0];
}
