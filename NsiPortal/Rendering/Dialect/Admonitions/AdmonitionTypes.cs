using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace NsiPortal.Rendering.Dialect.Admonitions;

/// <summary>
/// Any word is a type. The known ones have a French title, and look like the twelve of the style sheet or have an icon of their own; the others
/// are shown plainly, under their own name.
/// </summary>
static class AdmonitionTypes
{
    /// <summary>To put thousands of marks in order takes seconds, and no name of a type has them.</summary>
    const int LongestType = 100;

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
        ["capytale"] = "Sur Capytale",
        ["aide"] = "Aide",
        ["voc"] = "Vocabulaire",
        ["done"] = "Fait",
        ["gear"] = "Méthode",
        ["check"] = "Vérifié",
        ["exercice"] = "Exercice",
        ["hint"] = "Indice",
        ["important"] = "Important",
        ["seealso"] = "Voir aussi",
        ["todo"] = "À faire",
        ["summary"] = "Résumé",
        ["tldr"] = "En bref",
        ["help"] = "Aide",
        ["faq"] = "Questions fréquentes",
        ["attention"] = "Attention",
        ["caution"] = "Attention",
        ["fail"] = "Échec",
        ["missing"] = "Manquant",
        ["error"] = "Erreur",
        ["snippet"] = "Extrait",
        ["cite"] = "Citation",
        ["citation"] = "Citation",
        ["remarque"] = "Remarque",
        ["methode"] = "Méthode",
        ["definition"] = "Définition",
        ["propriete"] = "Propriété",
        ["theoreme"] = "Théorème",
        ["exemple"] = "Exemple",
        ["correction"] = "Correction",
        ["solution"] = "Solution",
        ["retenir"] = "À retenir",
        ["astuce"] = "Astuce",
        ["activite"] = "Activité",
        ["defi"] = "Défi",
    };

    /// <summary>Types that look like another one.</summary>
    static readonly Dictionary<string, string> Families = new(StringComparer.Ordinal)
    {
        ["aide"] = "tip", ["hint"] = "tip", ["astuce"] = "tip", ["important"] = "tip",
        ["done"] = "success", ["check"] = "success", ["correction"] = "success", ["solution"] = "success",
        ["exercice"] = "example", ["exemple"] = "example", ["snippet"] = "example", ["activite"] = "example", ["defi"] = "example",
        ["summary"] = "abstract", ["tldr"] = "abstract", ["definition"] = "abstract", ["propriete"] = "abstract", ["theoreme"] = "abstract", ["retenir"] = "abstract",
        ["todo"] = "info", ["remarque"] = "note", ["methode"] = "gear", ["seealso"] = "note",
        ["help"] = "question", ["faq"] = "question",
        ["attention"] = "warning", ["caution"] = "warning",
        ["fail"] = "failure", ["missing"] = "failure", ["error"] = "danger",
        ["cite"] = "quote", ["citation"] = "quote",
    };

    /// <summary>Types of which the style sheet knows more than a frame. Other names are no class: « !!! card » would take the looks of something else.</summary>
    static readonly string[] Drawn =
        ["note", "tip", "warning", "danger", "example", "abstract", "info", "success", "question", "quote", "bug", "failure", "capytale", "voc", "gear"];

    static readonly FrozenDictionary<string, string> Classes = Drawn.Select(type => KeyValuePair.Create(type, type)).Concat(Families).ToFrozenDictionary(pair => pair.Key, pair => $"admonition {pair.Value}", StringComparer.Ordinal);

    public static string TitleOf(string type) =>
        Titles.GetValueOrDefault(type.ToLowerInvariant()) ?? char.ToUpper(type[0], CultureInfo.InvariantCulture) + type[1..];

    /// <summary>The classes of an admonition: that of its type, or of the one it looks like.</summary>
    public static string ClassesOf(string type) => Classes.GetValueOrDefault(type) ?? (type.Length > LongestType ? null : Classes.GetValueOrDefault(PlainName(type))) ?? "admonition";

    /// <summary>« Définition » gives <c>definition</c>.</summary>
    static string PlainName(string type)
    {
        var name = new StringBuilder();
        foreach (var c in type.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-') name.Append(c);
        }

        return name.ToString();
    }
}
