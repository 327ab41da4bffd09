using NsiPortal.Domain;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NsiPortal.Exchange;

/// <summary>The YAML of one exercise: texts, lists and keys, not deeper than exercises are, without anything that repeats itself.</summary>
static class SheetParser
{
    /// <summary>That of one exercise, in characters.</summary>
    const int MaximumLength = 64 * 1024;

    /// <summary>The answers of a gap are keys in a list, of a gap in a list, of an exercise.</summary>
    const int MaximumDepth = 6;

    /// <param name="yaml">A list with one item.</param>
    /// <param name="firstLine">The line of the sheet on which it begins.</param>
    /// <exception cref="UnusableFileException">It is no such thing.</exception>
    public static SheetEntry Parse(string yaml, int firstLine)
    {
        if (yaml.Length > MaximumLength) throw new UnusableFileException(firstLine, $"un exercice dépasse {MaximumLength / 1024} Ko");
        var zero = yaml.IndexOf('\0', StringComparison.Ordinal);
        if (!StorableText.Is(yaml))
            throw new UnusableFileException(firstLine + yaml.AsSpan(0, Math.Max(zero, 0)).Count('\n'), "l’exercice contient un caractère nul ou invalide");

        var parser = new YamlEvents(yaml);
        // What is missing at the end is told there, and not on the first line of the next exercise.
        var lines = yaml.Count(c => c == '\n');
        int LineOf(Mark mark) => firstLine + (int)Math.Clamp(mark.Line - 1, 0, lines - 1);
        try
        {
            while (parser.MoveNext() && parser.Current is StreamStart or DocumentStart) { }
            parser.MoveNext();
            var node = Node(parser, LineOf, depth: 1);
            if (parser.MoveNext() && parser.Current is SequenceEnd
                && parser.MoveNext() && parser.Current is DocumentEnd { IsImplicit: true }
                && parser.MoveNext() && parser.Current is StreamEnd)
                return node as SheetEntry ?? throw node.Fault("un exercice s’écrit « clé: valeur », une clé par ligne");
            throw new UnusableFileException(LineOf(parser.Current!.Start), "une feuille d’exercices est une seule liste : « --- » et « ... » n’y ont pas leur place");
        }
        catch (YamlException broken)
        {
            throw new UnusableFileException(LineOf(broken.Start),
                "le YAML est illisible : un texte qui contient « : », « # », des guillemets ou des crochets s’écrit entre guillemets droits, ou en dessous d’une barre « | »");
        }
    }

    static SheetNode Node(YamlEvents parser, Func<Mark, int> lineOf, int depth)
    {
        var line = lineOf(parser.Current!.Start);
        if (depth > MaximumDepth) throw new UnusableFileException(line, "des listes sont emboîtées plus que dans aucun exercice");
        if (parser.Current is not NodeEvent { Anchor.IsEmpty: true, Tag.IsEmpty: true }) throw new UnusableFileException(line, Repetition);
        return parser.Current switch
        {
            Scalar scalar => new SheetText(line, Text(scalar, line)),
            SequenceStart => List(parser, lineOf, line, depth),
            MappingStart => Entry(parser, lineOf, line, depth),
            _ => throw new UnusableFileException(line, Repetition),
        };
    }

    const string Repetition = "les ancres, les alias et les étiquettes de YAML (&, * et ! au début d’une valeur) ne sont pas lus : "
        + "un texte qui commence ainsi s’écrit entre guillemets droits";

    static SheetList List(YamlEvents parser, Func<Mark, int> lineOf, int line, int depth)
    {
        var items = new List<SheetNode>();
        while (parser.MoveNext() && parser.Current is not SequenceEnd) items.Add(Node(parser, lineOf, depth + 1));
        return new SheetList(line, items);
    }

    static SheetEntry Entry(YamlEvents parser, Func<Mark, int> lineOf, int line, int depth)
    {
        var values = new Dictionary<string, (int Line, SheetNode Value)>();
        while (parser.MoveNext() && parser.Current is not MappingEnd)
        {
            var keyLine = lineOf(parser.Current!.Start);
            if (Node(parser, lineOf, depth + 1) is not SheetText { Text: { } key }) throw new UnusableFileException(keyLine, "une clé est un mot");
            parser.MoveNext();
            if (!values.TryAdd(key, (keyLine, Node(parser, lineOf, depth + 1)))) throw new UnusableFileException(keyLine, $"la clé « {key} » est écrite deux fois");
        }

        return new SheetEntry(line, values);
    }

    static string? Text(Scalar scalar, int line)
    {
        if (scalar is { Style: ScalarStyle.Plain, Value: "" or "~" }) return null;
        return StorableText.Is(scalar.Value) ? scalar.Value : throw new UnusableFileException(line, "un texte contient un caractère nul ou invalide");
    }
}
