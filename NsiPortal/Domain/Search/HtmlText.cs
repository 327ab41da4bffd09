using System.Buffers;
using System.Net;
using System.Text;

namespace NsiPortal.Domain.Search;

/// <summary>The words of HTML that the portal has made itself, without its markup.</summary>
public static class HtmlText
{
    static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    /// <summary>Elements that stand inside a line: their borders part no words.</summary>
    static readonly HashSet<string> Inline = new(StringComparer.OrdinalIgnoreCase) { "a", "abbr", "b", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u", "var" };

    /// <summary>Links for whoever reads the page, and calls of another site's program: not words of it. None holds an element of its own name.</summary>
    static readonly (string Open, string Close)[] Signs = [("<a class=\"anchor\"", "</a>"), ("<a class=\"footnote-back\"", "</a>"), ("<span class=\"macro\"", "</span>")];

    public static string Of(string html)
    {
        var text = new StringBuilder(html.Length);
        for (var at = 0; at < html.Length;)
        {
            if (html[at] != '<')
            {
                var end = html.IndexOf('<', at);
                if (end < 0) end = html.Length;
                text.Append(html, at, end - at);
                at = end;
                continue;
            }

            var rest = html.AsSpan(at);
            var sign = Array.Find(Signs, sign => html.AsSpan(at).StartsWith(sign.Open, StringComparison.Ordinal));
            if (sign.Open is not null && rest.IndexOf(sign.Close, StringComparison.Ordinal) is >= 0 and var close)
            {
                at += close + sign.Close.Length;
                continue;
            }

            if (!Inline.Contains(NameIn(rest))) text.Append('\n');
            at += EndOfTag(rest);
        }

        return Tidy(WebUtility.HtmlDecode(text.ToString()));
    }

    static string NameIn(ReadOnlySpan<char> tag)
    {
        tag = tag[1..].TrimStart('/');
        var end = tag.IndexOfAnyExcept(NameCharacters);
        return (end < 0 ? tag : tag[..end]).ToString();
    }

    // A value between quotes may hold the sign that ends a tag.
    static int EndOfTag(ReadOnlySpan<char> tag)
    {
        var quote = '\0';
        for (var i = 1; i < tag.Length; i++)
        {
            if (quote != '\0') quote = tag[i] == quote ? '\0' : quote;
            else if (tag[i] is '"' or '\'') quote = tag[i];
            else if (tag[i] == '>') return i + 1;
        }

        return tag.Length;
    }

    static string Tidy(string text)
    {
        var tidy = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune)) tidy.Append(rune.ToString());
            else if (tidy.Length > 0 && tidy[^1] != ' ') tidy.Append(' ');
        }

        return tidy.ToString().TrimEnd();
    }
}
