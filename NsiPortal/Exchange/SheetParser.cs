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
        if (yaml.Length > MaximumLength) throw Faults.Of(firstLine, "TooLong", MaximumLength / 1024);
        var zero = yaml.IndexOf('\0', StringComparison.Ordinal);
        if (!StorableText.Is(yaml))
            throw Faults.Of(firstLine + yaml.AsSpan(0, Math.Max(zero, 0)).Count('\n'), "UnstorableExercise");

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
                return node as SheetEntry ?? throw node.Fault("NoKeys");
            throw Faults.Of(LineOf(parser.Current!.Start), "SeveralDocuments");
        }
        catch (YamlException broken)
        {
            throw Faults.Of(LineOf(broken.Start), "Unreadable");
        }
    }

    static SheetNode Node(YamlEvents parser, Func<Mark, int> lineOf, int depth)
    {
        var line = lineOf(parser.Current!.Start);
        if (depth > MaximumDepth) throw Faults.Of(line, "TooDeep");
        if (parser.Current is not NodeEvent { Anchor.IsEmpty: true, Tag.IsEmpty: true }) throw Faults.Of(line, "Reference");
        return parser.Current switch
        {
            Scalar scalar => new SheetText(line, Text(scalar, line)),
            SequenceStart => List(parser, lineOf, line, depth),
            MappingStart => Entry(parser, lineOf, line, depth),
            _ => throw Faults.Of(line, "Reference"),
        };
    }

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
            if (Node(parser, lineOf, depth + 1) is not SheetText { Text: { } key }) throw Faults.Of(keyLine, "KeyNotAWord");
            parser.MoveNext();
            if (!values.TryAdd(key, (keyLine, Node(parser, lineOf, depth + 1)))) throw Faults.Of(keyLine, "KeyTwice", key);
        }

        return new SheetEntry(line, values);
    }

    static string? Text(Scalar scalar, int line)
    {
        if (scalar is { Style: ScalarStyle.Plain, Value: "" or "~" }) return null;
        return StorableText.Is(scalar.Value) ? scalar.Value : throw Faults.Of(line, "UnstorableText");
    }
}
