using System.Globalization;
using NsiPortal.Domain;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NsiPortal.Exchange;

/// <summary>
/// The YAML header of a course or a chapter: known keys, each with a text or a list of texts and the line on which it stands. Nothing deeper is
/// read, so that nothing that nests or repeats itself costs anything.
/// </summary>
sealed class Header
{
    readonly Dictionary<string, (int Line, string? Text, IReadOnlyList<string>? List)> values = [];

    /// <param name="yaml">The text between the dashes, or the whole file.</param>
    /// <param name="firstLine">The line of the file on which it begins.</param>
    /// <param name="known">The keys it may have.</param>
    /// <exception cref="UnusableFileException">It is no such header.</exception>
    public Header(string yaml, int firstLine, params IReadOnlyCollection<string> known)
    {
        var parser = new YamlEvents(yaml);
        int Line() => LineOf(parser.Current!.Start);
        int LineOf(Mark mark) => firstLine + (int)Math.Max(mark.Line - 1, 0);
        try
        {
            while (parser.MoveNext() && parser.Current is StreamStart or DocumentStart) { }
            if (parser.Current is StreamEnd or Scalar { Value: "" }) return;
            if (parser.Current is not MappingStart) throw new UnusableFileException(Line(), "l’en-tête s’écrit « clé: valeur », une clé par ligne");
            while (parser.MoveNext() && parser.Current is not MappingEnd)
            {
                var line = Line();
                if (parser.Current is not Scalar { Value: var key }) throw new UnusableFileException(line, "l’en-tête s’écrit « clé: valeur », une clé par ligne");
                if (!known.Contains(key)) throw new UnusableFileException(line, $"la clé « {key} » est inconnue : {string.Join(", ", known)}");
                parser.MoveNext();
                var value = parser.Current is SequenceStart ? (line, null, List(parser, key, Line)) : (line, Text(parser.Current, key, Line), (IReadOnlyList<string>?)null);
                if (!values.TryAdd(key, value)) throw new UnusableFileException(line, $"la clé « {key} » est écrite deux fois");
            }
        }
        catch (YamlException broken)
        {
            throw new UnusableFileException(LineOf(broken.Start),
                "l’en-tête YAML est illisible : un texte qui contient « : », « # », des guillemets ou des crochets s’écrit entre guillemets droits");
        }
    }

    /// <summary>A fault of the value of a key, on its line.</summary>
    public UnusableFileException Fault(string key, string reason) => new(LineOf(key), reason);

    /// <summary>The line of a key; 1 when it is not there.</summary>
    public int LineOf(string key) => values.TryGetValue(key, out var value) ? value.Line : 1;

    public string? Text(string key, int maximumLength = int.MaxValue)
    {
        if (!values.TryGetValue(key, out var value)) return null;
        if (value.List is not null) throw Fault(key, $"la clé « {key} » attend un texte, pas une liste");
        if (value.Text?.Trim().Length > maximumLength) throw Fault(key, $"la clé « {key} » dépasse {maximumLength} caractères");
        return value.Text;
    }

    public string RequiredText(string key, int maximumLength) =>
        Text(key, maximumLength) is { } text && !string.IsNullOrWhiteSpace(text) ? text : throw Fault(key, $"la clé « {key} » manque");

    public bool Flag(string key) => Text(key)?.ToLowerInvariant() switch
    {
        null or "false" or "non" or "no" or "off" => false,
        "true" or "oui" or "yes" or "on" => true,
        var other => throw Fault(key, $"la clé « {key} » attend true ou false, pas « {other} »"),
    };

    public int? Number(string key) =>
        Text(key) is not { } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw Fault(key, $"la clé « {key} » attend un nombre entier, pas « {text} »");

    public IReadOnlyList<string> List(string key) =>
        !values.TryGetValue(key, out var value) || (value.List is null && value.Text is null) ? []
        : value.List ?? throw Fault(key, $"la clé « {key} » attend une liste : [un, deux]");

    static List<string> List(YamlEvents parser, string key, Func<int> line)
    {
        var list = new List<string>();
        while (parser.MoveNext() && parser.Current is not SequenceEnd) list.Add(Text(parser.Current, key, line) ?? "");
        return list;
    }

    static string? Text(ParsingEvent? value, string key, Func<int> line)
    {
        if (value is not Scalar scalar) throw new UnusableFileException(line(), $"la clé « {key} » attend un texte ou une liste de textes");
        if (scalar is { Style: ScalarStyle.Plain, Value: "" or "~" or "null" or "Null" or "NULL" }) return null;
        return StorableText.Is(scalar.Value) ? scalar.Value : throw new UnusableFileException(line(), $"la clé « {key} » contient un caractère nul ou invalide");
    }
}
