using System.Globalization;

namespace NsiPortal.Exchange;

/// <summary>Keys with their values, of an exercise or of a part of one.</summary>
sealed class SheetEntry(int line, IReadOnlyDictionary<string, (int Line, SheetNode Value)> values) : SheetNode(line)
{
    /// <summary>Of a text that stands on one line, where nothing else is said.</summary>
    public const int MaximumLineLength = 500;

    /// <exception cref="UnusableFileException">It has a key that is none of them.</exception>
    public void Expect(params IReadOnlyCollection<string> known)
    {
        foreach (var (key, (line, _)) in values)
            if (!known.Contains(key)) throw new UnusableFileException(line, $"la clé « {key} » est inconnue ici : {string.Join(", ", known)}");
    }

    public bool Has(string key) => values.TryGetValue(key, out var value) && value.Value is not SheetText { Text: null };

    public UnusableFileException Fault(string key, string reason) => values.TryGetValue(key, out var value) ? new(value.Line, reason) : Fault(reason);

    /// <summary>As it is written; null when there is none, or only blanks.</summary>
    public string? Text(string key, int maximumLength = int.MaxValue)
    {
        if (!Has(key)) return null;
        if (values[key].Value is not SheetText { Text: { } text }) throw Fault(key, $"la clé « {key} » attend un texte");
        if (text.Trim().Length > maximumLength) throw Fault(key, $"la clé « {key} » dépasse {maximumLength} caractères");
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    public string RequiredText(string key, int maximumLength = int.MaxValue) => Text(key, maximumLength) ?? throw Fault(key, $"la clé « {key} » manque");

    /// <summary>Without blanks at its ends.</summary>
    public string? LineText(string key, int maximumLength) =>
        Text(key, maximumLength)?.Trim() is not { } text ? null
        : text.Contains('\n', StringComparison.Ordinal) ? throw Fault(key, $"la clé « {key} » attend une seule ligne")
        : text;

    public string RequiredLineText(string key, int maximumLength) => LineText(key, maximumLength) ?? throw Fault(key, $"la clé « {key} » manque");

    public bool Flag(string key, bool otherwise) => Text(key)?.ToLowerInvariant() switch
    {
        null => otherwise,
        "false" or "non" or "no" or "off" => false,
        "true" or "oui" or "yes" or "on" => true,
        var other => throw Fault(key, $"la clé « {key} » attend true ou false, pas « {other} »"),
    };

    public int? Number(string key, int least, int greatest) =>
        Text(key) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= greatest ? number
        : throw Fault(key, $"la clé « {key} » attend un nombre entier de {least} à {greatest}, pas « {text} »");

    public double? Real(string key) =>
        Text(key) is not { } text ? null
        : double.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number
        : throw Fault(key, $"la clé « {key} » attend un nombre, pas « {text} »");

    /// <summary>Empty when there is none and none is needed.</summary>
    public IReadOnlyList<SheetNode> List(string key, int least, int greatest)
    {
        if (!Has(key)) return least == 0 ? [] : throw Fault(key, $"la clé « {key} » manque");
        if (values[key].Value is not SheetList { Items: var items }) throw Fault(key, $"la clé « {key} » attend une liste");
        return items.Count >= least && items.Count <= greatest ? items
            : throw Fault(key, $"la clé « {key} » attend une liste de {least} à {greatest} éléments, pas {items.Count}");
    }

    /// <inheritdoc cref="List"/>
    public IReadOnlyList<SheetEntry> Entries(string key, int least, int greatest) =>
        [.. List(key, least, greatest).Select(item => item as SheetEntry ?? throw item.Fault($"la liste « {key} » attend des éléments de la forme « clé: valeur »"))];

    /// <summary>Texts as they are written, none of them blank.</summary>
    public IReadOnlyList<string> Texts(string key, int least, int greatest) => [.. List(key, least, greatest).Select(item => TextOf(item, key))];

    /// <summary>Texts of one line.</summary>
    public IReadOnlyList<string> Lines(string key, int least, int greatest, int maximumLength) =>
        [.. List(key, least, greatest).Select(item => LineOf(item, key, maximumLength).Trim())];

    public static string LineOf(SheetNode item, string key, int maximumLength)
    {
        var text = TextOf(item, key).TrimEnd();
        if (text.Contains('\n', StringComparison.Ordinal)) throw item.Fault($"chaque texte de « {key} » tient sur une ligne");
        return text.Length <= maximumLength ? text : throw item.Fault($"un texte de « {key} » dépasse {maximumLength} caractères");
    }

    static string TextOf(SheetNode item, string key) =>
        item is SheetText { Text: { } text } && !string.IsNullOrWhiteSpace(text) ? text : throw item.Fault($"la liste « {key} » attend des textes qui ne sont pas vides");
}
