using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax.Inlines;

namespace NsiPortal.Rendering.Dialect.Critic;

/// <summary>
/// What a reader of a draft proposes: <c>{++added++}</c>, <c>{--removed--}</c>, <c>{~~before~>after~~}</c>, <c>{==marked==}</c> and
/// <c>{&gt;&gt;a remark&lt;&lt;}</c>. Markdown goes on inside. Marks are written only in pairs that one paragraph holds.
/// </summary>
sealed class CriticParser : InlineParser
{
    /// <summary>Longer than any sentence; it keeps a page of lone marks from being read to its end once for each.</summary>
    const int MaxLength = 2000;

    static readonly (string Open, string Close, string Before, string After)[] Marks =
    [
        ("{++", "++}", "<ins class=\"critic\">", "</ins>"),
        ("{--", "--}", "<del class=\"critic\">", "</del>"),
        ("{==", "==}", "<mark class=\"critic\">", "</mark>"),
        ("{>>", "<<}", "<span class=\"critic critic-comment\">", "</span>"),
        ("{~~", "~~}", "<del class=\"critic\">", "</ins>"),
    ];

    public CriticParser() => OpeningCharacters = ['{', '+', '-', '=', '<', '~'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        // Where a mark that was opened ends, or changes from before to after.
        var expected = (Dictionary<int, (string Text, string Tag)>)(processor.ParserStates[Index] ??= new Dictionary<int, (string, string)>());
        if (slice.CurrentChar != '{')
        {
            if (expected.Count == 0 || !expected.Remove(slice.Start, out var end) || !ReferenceEquals(end.Text, slice.Text)) return false;
            slice.Start += end.Tag == Middle ? 2 : 3;
            processor.Inline = new HtmlInline(end.Tag);
            return true;
        }

        var text = slice.AsSpan();
        if (text.Length > MaxLength) text = text[..MaxLength];
        foreach (var (open, close, before, after) in Marks)
        {
            if (!text.StartsWith(open, StringComparison.Ordinal)) continue;
            var length = text[3..].IndexOf(close, StringComparison.Ordinal);
            var middle = open[1] == '~' && length > 0 ? text[3..(3 + length)].IndexOf("~>", StringComparison.Ordinal) : -1;
            if (length <= 0 || (open[1] == '~' && middle < 0)) return false;

            if (middle >= 0) expected[slice.Start + 3 + middle] = (slice.Text, Middle);
            expected[slice.Start + 3 + length] = (slice.Text, after);
            slice.Start += 3;
            processor.Inline = new HtmlInline(before);
            return true;
        }

        return false;
    }

    const string Middle = "</del><ins class=\"critic\">";
}
