using System.Globalization;
using System.Text;

namespace NsiPortal.Rendering.Dialect.Admonitions;

/// <summary>Any word is a type. The known ones have a French title; the others are shown under their own name.</summary>
static class AdmonitionTypes
{
    static readonly Dictionary<string, string> Titles = new(StringComparer.Ordinal)
    {
        ["note"] = "Note",
        ["tip"] = "Astuce",
        ["warning"] = "Attention",
        ["danger"] = "Danger",
        ["example"] = "Exemple",
        ["abstract"] = "À retenir",
        ["info"] = "Information",
        ["success"] = "Correction",
        ["question"] = "Question",
        ["quote"] = "Citation",
        ["bug"] = "Bogue",
        ["failure"] = "Échec",
    };

    /// <summary>Classes that mean something else in our pages: « !!! math » must not be taken for a formula.</summary>
    static readonly HashSet<string> Reserved = ["admonition", "admonition-title", "math", "code", "table", "figure", "task", "tasks", "footnotes", "anchor", "source"];

    public static string TitleOf(string type) =>
        Titles.GetValueOrDefault(type.ToLowerInvariant()) ?? char.ToUpper(type[0], CultureInfo.InvariantCulture) + type[1..];

    /// <summary>The class of a type: « Définition » gives <c>definition</c>; empty when nothing usable is left.</summary>
    public static string ClassOf(string type)
    {
        var name = new StringBuilder();
        foreach (var c in type.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-') name.Append(c);
        }

        var trimmed = name.ToString().Trim('-');
        return Reserved.Contains(trimmed) ? "" : trimmed;
    }
}
