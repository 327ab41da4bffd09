using Markdig.Parsers;
using Markdig.Syntax;

namespace NsiPortal.Rendering.Dialect.Abbreviations;

/// <summary>A line <c>*[SGBD]: Système de gestion…</c>, anywhere in the text: it says what the letters mean and leaves nothing in its place.</summary>
sealed class AbbreviationParser : BlockParser
{
    const int MaxLabelLength = 60;

    /// <summary>Where a document keeps the meanings, by what they abbreviate.</summary>
    public static readonly object Key = new();

    public AbbreviationParser() => OpeningCharacters = ['*'];

    public override BlockState TryOpen(BlockProcessor processor)
    {
        if (processor.IsCodeIndent) return BlockState.None;
        var line = processor.Line.AsSpan();
        if (!line.StartsWith("*[", StringComparison.Ordinal)) return BlockState.None;
        var end = line.IndexOf("]:", StringComparison.Ordinal);
        if (end < 3 || end > MaxLabelLength) return BlockState.None;
        var label = line[2..end].Trim().ToString();
        var meaning = line[(end + 2)..].Trim().ToString();
        if (label.Length == 0 || meaning.Length == 0) return BlockState.None;

        if (processor.Document.GetData(Key) is not Dictionary<string, string> meanings)
            processor.Document.SetData(Key, meanings = new Dictionary<string, string>(StringComparer.Ordinal));
        meanings[label] = meaning;
        return BlockState.BreakDiscard;
    }
}
