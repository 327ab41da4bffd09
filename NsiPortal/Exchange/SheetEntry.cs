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
            if (!known.Contains(key)) throw Faults.Of(line, "UnknownKey", key, string.Join(", ", known));
    }

    public bool Has(string key) => values.TryGetValue(key, out var value) && value.Value is not SheetText { Text: null };

    /// <summary>At a key, or where the entry begins if it has none.</summary>
    public UnusableFileException FaultAt(string key, string fault, params object[] told) => Faults.Of(LineOf(key), fault, told);

    /// <summary>Of what stands under a key, or is missing there.</summary>
    public UnusableFileException FaultOf(string key, string fault, params object[] told) => Faults.OfValue(LineOf(key), key, fault, told);

    int LineOf(string key) => values.TryGetValue(key, out var value) ? value.Line : Line;

    /// <summary>As it is written; null when there is none, or only blanks.</summary>
    public string? Text(string key, int maximumLength = int.MaxValue)
    {
        if (!Has(key)) return null;
        if (values[key].Value is not SheetText { Text: { } text }) throw FaultOf(key, "Text");
        if (text.Trim().Length > maximumLength) throw FaultOf(key, "Long", maximumLength);
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    public string RequiredText(string key, int maximumLength = int.MaxValue) => Text(key, maximumLength) ?? throw FaultOf(key, Faults.Missing);

    /// <summary>Without blanks at its ends.</summary>
    public string? LineText(string key, int maximumLength) =>
        Text(key, maximumLength)?.Trim() is not { } text ? null
        : text.Contains('\n', StringComparison.Ordinal) ? throw FaultOf(key, "OneLine")
        : text;

    public string RequiredLineText(string key, int maximumLength) => LineText(key, maximumLength) ?? throw FaultOf(key, Faults.Missing);

    public bool Flag(string key, bool otherwise) => Text(key)?.ToLowerInvariant() switch
    {
        null => otherwise,
        "false" or "non" or "no" or "off" => false,
        "true" or "oui" or "yes" or "on" => true,
        var other => throw FaultOf(key, "Flag", other),
    };

    public int? Number(string key, int least, int greatest) =>
        Text(key) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= greatest ? number
        : throw FaultOf(key, "Whole", least, greatest, text);

    public double? Real(string key) =>
        Text(key) is not { } text ? null
        : double.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number
        : throw FaultOf(key, "Number", text);

    /// <summary>Empty when there is none and none is needed.</summary>
    public IReadOnlyList<SheetNode> List(string key, int least, int greatest)
    {
        if (!Has(key)) return least == 0 ? [] : throw FaultOf(key, Faults.Missing);
        if (values[key].Value is not SheetList { Items: var items }) throw FaultOf(key, "List");
        return items.Count >= least && items.Count <= greatest ? items
            : throw FaultOf(key, "ListLength", least, greatest, items.Count);
    }

    /// <inheritdoc cref="List"/>
    public IReadOnlyList<SheetEntry> Entries(string key, int least, int greatest) =>
        [.. List(key, least, greatest).Select(item => item as SheetEntry ?? throw item.Fault("NotEntries", key))];

    /// <summary>Texts as they are written, none of them blank.</summary>
    public IReadOnlyList<string> Texts(string key, int least, int greatest) => [.. List(key, least, greatest).Select(item => TextOf(item, key))];

    /// <summary>Texts of one line.</summary>
    public IReadOnlyList<string> Lines(string key, int least, int greatest, int maximumLength) =>
        [.. List(key, least, greatest).Select(item => LineOf(item, key, maximumLength).Trim())];

    public static string LineOf(SheetNode item, string key, int maximumLength)
    {
        var text = TextOf(item, key).TrimEnd();
        if (text.Contains('\n', StringComparison.Ordinal)) throw item.Fault("ItemLines", key);
        return text.Length <= maximumLength ? text : throw item.Fault("ItemLong", key, maximumLength);
    }

    static string TextOf(SheetNode item, string key) =>
        item is SheetText { Text: { } text } && !string.IsNullOrWhiteSpace(text) ? text : throw item.Fault("NotTexts", key);
}
