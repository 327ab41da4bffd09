using System.Buffers;
using Markdig.Syntax;

namespace NsiPortal.Rendering.Dialect.Code;

/// <summary>
/// What stands behind the opening of a fence: <c>python linenums="1" title="Tri"</c>, or the same between braces with a dot before
/// the language. Options that are not known are left out.
/// </summary>
readonly record struct FenceOptions(string? Language, string Title, int? FirstLine)
{
    /// <summary>What only options have.</summary>
    static readonly SearchValues<char> Marks = SearchValues.Create(" \t={}.");

    public static FenceOptions Of(FencedCodeBlock fence)
    {
        // As most fences are.
        if (string.IsNullOrEmpty(fence.Arguments) && fence.Info is { } word && !word.AsSpan().ContainsAny(Marks) && !word.Equals("linenums", StringComparison.OrdinalIgnoreCase))
            return new FenceOptions(Languages.Normalize(word), "", null);

        var text = $"{fence.Info} {fence.Arguments}".Trim().Trim('{', '}').AsSpan().Trim();
        string? language = null;
        var title = "";
        int? firstLine = null;
        for (var first = true; !text.IsEmpty; first = false)
        {
            var (key, value, remaining) = Next(text);
            text = remaining;
            if (key.Equals("linenums", StringComparison.OrdinalIgnoreCase))
            {
                firstLine = int.TryParse(value, out var n) && n is > 0 and < 1_000_000 ? n : 1;
            }
            else if (value is null)
            {
                if (first || key.StartsWith('.')) language ??= Languages.Normalize(key.TrimStart('.').TrimEnd('{'));
            }
            else if (key.Equals("title", StringComparison.OrdinalIgnoreCase))
            {
                title = PlainText.Collapse(value);
            }
        }

        return new FenceOptions(language, title, firstLine);
    }

    /// <summary>The first word, or <c>key=value</c> whose value may be quoted; and what follows.</summary>
    static (string Key, string? Value, string Remaining) Next(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny(' ', '\t', '=');
        if (end < 0) return (text.ToString(), null, "");
        var key = text[..end].ToString();
        var rest = text[(end + 1)..];
        if (text[end] != '=') return (key, null, rest.Trim().ToString());

        var quoted = rest.Length > 0 && rest[0] is '"' or '\'';
        var close = quoted ? rest[1..].IndexOf(rest[0]) + 1 : rest.IndexOfAny(' ', '\t');
        // A quote that is never closed quotes the rest of the line.
        if (close <= 0) close = rest.Length;
        var value = rest[(quoted ? 1 : 0)..close];
        return (key, value.ToString(), rest[Math.Min(rest.Length, close + (quoted ? 1 : 0))..].Trim().ToString());
    }
}
