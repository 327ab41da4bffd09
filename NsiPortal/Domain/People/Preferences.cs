namespace NsiPortal.Domain.People;

/// <summary>How the portal can speak and look.</summary>
public static class Preferences
{
    /// <summary>As <c>lang</c> names them; the first one is what nobody has chosen.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["fr", "en"];

    /// <summary>The last one follows the system.</summary>
    public static IReadOnlyList<string> Themes { get; } = ["light", "dark", "system"];
}
