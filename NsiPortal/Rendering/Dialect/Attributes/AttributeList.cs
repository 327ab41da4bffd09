using System.Collections.Frozen;
using System.Globalization;
using Markdig.Helpers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;
using NsiPortal.Domain.Courses;

namespace NsiPortal.Rendering.Dialect.Attributes;

/// <summary><c>{: #id .class key=value }</c>, before it is known what it belongs to.</summary>
sealed class AttributeListInline(string source, HtmlAttributes attributes, bool spaceBefore) : LeafInline
{
    public string Source { get; } = source;
    public HtmlAttributes Attributes { get; } = attributes;
    public bool SpaceBefore { get; } = spaceBefore;
}

/// <summary>
/// Reads an attribute list, and keeps of it what the portal has a use for: classes that its style sheet knows, an id, a size, the request
/// for a new tab. The rest is dropped without a word: it was meant for another site.
/// </summary>
static class AttributeList
{
    static readonly FrozenDictionary<string, string> Classes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["center"] = "center", ["centre"] = "center", ["left"] = "left", ["right"] = "right", ["small"] = "small", ["annotate"] = "annotate",
        ["grid"] = "grid", ["cards"] = "cards", ["md-button"] = "md-button", ["md-button--primary"] = "md-button--primary",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <param name="text">What stands between the braces, without the colon.</param>
    /// <returns>Null when it reads like no attribute list: « {a, b} » is text.</returns>
    public static HtmlAttributes? Read(ReadOnlySpan<char> text)
    {
        var attributes = new HtmlAttributes();
        var looksRight = false;
        for (text = text.Trim(); !text.IsEmpty; text = text.TrimStart())
        {
            var end = text.IndexOfAny(' ', '=');
            var word = end < 0 ? text : text[..end];
            if (end < 0 || text[end] == ' ')
            {
                if (word is ['.', .. var name] && (name.IsEmpty || IsName(name))) AddClass(attributes, name.ToString());
                else if (word is ['#', .. var id] && IsName(id)) attributes.Id ??= Id(id);
                else return null;
                text = text[word.Length..];
            }
            else
            {
                if (!IsName(word)) return null;
                var rest = text[(end + 1)..];
                var quoted = rest.Length > 0 && rest[0] is '"' or '\'';
                var close = quoted ? rest[1..].IndexOf(rest[0]) + 1 : rest.IndexOf(' ');
                if (quoted && close <= 0) return null;
                if (close < 0) close = rest.Length;
                Add(attributes, word.ToString(), rest[(quoted ? 1 : 0)..close].ToString());
                text = rest[Math.Min(rest.Length, close + (quoted ? 1 : 0))..];
            }

            looksRight = true;
        }

        return looksRight ? attributes : null;
    }

    static void Add(HtmlAttributes attributes, string key, string value)
    {
        switch (key)
        {
            case "class":
                foreach (var name in value.Split(' ', StringSplitOptions.RemoveEmptyEntries)) AddClass(attributes, name);
                break;
            case "align": AddClass(attributes, value); break;
            case "id": attributes.Id ??= Id(value); break;
            case "target" when value == "_blank": attributes.AddPropertyIfNotExist(key, value); break;
            case "width" or "height" when Size(value) is { } pixels: attributes.AddPropertyIfNotExist(key, pixels); break;
            // A part of the line's width cannot be an attribute of ours, nor an inline style: a class for each tenth.
            case "width" when Tenths(value) is { } tenths: attributes.AddClass($"width-{tenths}"); break;
            default: break;
        }
    }

    static void AddClass(HtmlAttributes attributes, string name)
    {
        if (Classes.TryGetValue(name, out var known)) attributes.AddClass(known);
    }

    /// <summary>As <see cref="Safety.AllowList"/> wants them: lower case, and never one of the layout.</summary>
    public static string? Id(ReadOnlySpan<char> written)
    {
        var id = Slug.From(written.ToString());
        return id.Length == 0 ? null : id.StartsWith("p-", StringComparison.Ordinal) ? $"section-{id}" : id;
    }

    static string? Size(string value)
    {
        var number = value.EndsWith("px", StringComparison.Ordinal) ? value[..^2] : value;
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var pixels) && pixels is > 0 and <= 4000 ? pixels.ToString(CultureInfo.InvariantCulture) : null;
    }

    static int? Tenths(string value) =>
        value.EndsWith('%') && double.TryParse(value[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is > 0 and <= 100
            ? Math.Max(1, (int)Math.Round(percent / 10)) * 10
            : null;

    static bool IsName(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (!char.IsLetterOrDigit(c) && c is not ('-' or '_' or ':')) return false;
        return !text.IsEmpty;
    }
}
