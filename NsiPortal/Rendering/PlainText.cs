using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using NsiPortal.Rendering.Dialect.Abbreviations;
using NsiPortal.Rendering.Dialect.Code;
using NsiPortal.Rendering.Dialect.Emphasis;
using NsiPortal.Rendering.Dialect.Keys;
using NsiPortal.Rendering.Dialect.Mathematics;

namespace NsiPortal.Rendering;

/// <summary>The words of a piece of Markdown, without its markup: for anchors, labels and alternative texts.</summary>
static class PlainText
{
    public static string Of(MarkdownObject? node)
    {
        if (node is null) return "";
        // As most headings and cells of tables are.
        var leaf = node is ContainerBlock { Count: 1 } block ? block[0] : node;
        if (leaf is LeafBlock { Inline: { FirstChild: LiteralInline { NextSibling: null } only } }) return Collapse(only.Content.ToString());

        var text = new StringBuilder();
        foreach (var inline in node.Descendants<Inline>())
        {
            switch (inline)
            {
                case LiteralInline literal: text.Append(literal.Content.AsSpan()); break;
                case CodeInline code: text.Append(InlineCode.Of(code).Text); break;
                case MathInline math: text.Append(math.Tex); break;
                case HtmlEntityInline entity: text.Append(entity.Transcoded.AsSpan()); break;
                case AutolinkInline link: text.Append(link.Url); break;
                case ScriptInline script: text.Append(script.Text); break;
                case AbbreviationInline abbreviation: text.Append(abbreviation.Label); break;
                case KeysInline keys: text.AppendJoin('+', keys.Labels); break;
                case LineBreakInline: text.Append(' '); break;
                default: break;
            }
        }

        return Collapse(text.ToString());
    }

    public static string Collapse(string text) =>
        IsCollapsed(text) ? text : string.Join(' ', text.Split([' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));

    static bool IsCollapsed(ReadOnlySpan<char> text) =>
        !text.ContainsAny('\t', '\n', '\r') && !text.StartsWith(' ') && !text.EndsWith(' ') && !text.Contains("  ", StringComparison.Ordinal);
}
