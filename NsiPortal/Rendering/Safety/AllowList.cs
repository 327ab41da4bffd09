using System.Collections.Frozen;
using System.Text;

namespace NsiPortal.Rendering.Safety;

/// <summary>Every element and attribute that may reach a reader, and what may stand in the attribute.</summary>
static class AllowList
{
    /// <summary>Elements with the attributes that only they may carry.</summary>
    static readonly FrozenDictionary<string, string[]> Elements = new Dictionary<string, string[]>
    {
        ["h2"] = [], ["h3"] = [], ["h4"] = [], ["h5"] = [], ["h6"] = [],
        ["p"] = [], ["br"] = [], ["hr"] = [], ["wbr"] = [],
        ["div"] = ["tabindex"], ["span"] = [], ["section"] = [],
        ["a"] = ["href", "target"],
        ["img"] = ["src", "alt", "width", "height"],
        ["figure"] = ["data-language"], ["figcaption"] = [],
        ["pre"] = ["tabindex", "data-first-line"], ["code"] = [], ["kbd"] = [], ["samp"] = [], ["var"] = [],
        ["em"] = [], ["strong"] = [], ["b"] = [], ["i"] = [], ["u"] = [], ["s"] = [], ["small"] = [],
        ["del"] = [], ["ins"] = [], ["mark"] = [], ["sub"] = [], ["sup"] = [],
        ["abbr"] = [], ["cite"] = [], ["dfn"] = [], ["q"] = [], ["blockquote"] = [], ["bdi"] = [], ["bdo"] = [],
        ["ruby"] = [], ["rt"] = [], ["rp"] = [],
        ["ul"] = [], ["ol"] = ["start", "type"], ["li"] = ["value"], ["dl"] = [], ["dt"] = [], ["dd"] = [],
        ["table"] = [], ["caption"] = [], ["thead"] = [], ["tbody"] = [], ["tfoot"] = [], ["tr"] = [],
        ["th"] = ["scope", "colspan", "rowspan"], ["td"] = ["colspan", "rowspan"],
        ["details"] = ["open"], ["summary"] = [],
    }.ToFrozenDictionary();

    static readonly FrozenSet<string> Everywhere = FrozenSet.Create("id", "class", "title", "lang", "dir", "role", "aria-label");

    /// <summary>Elements that go with all they hold: it is code, a control, another document, or text that other parsers would read otherwise.</summary>
    static readonly FrozenSet<string> Dropped = FrozenSet.Create(
        "script", "style", "iframe", "object", "embed", "applet", "param", "frame", "frameset", "noframes", "noembed", "noscript", "template",
        "form", "input", "button", "select", "option", "optgroup", "datalist", "textarea", "output", "meter", "progress", "keygen", "isindex",
        "title", "base", "meta", "link", "head", "plaintext", "xmp", "listing", "svg", "math", "canvas", "map", "area",
        "audio", "video", "source", "track", "picture", "bgsound", "portal", "fencedframe", "slot", "command", "menuitem");

    static readonly FrozenSet<string> Void = FrozenSet.Create("br", "hr", "wbr", "img");

    public static bool Allows(string element) => Elements.ContainsKey(element);

    public static bool Drops(string element) => Dropped.Contains(element);

    public static bool IsVoid(string element) => Void.Contains(element);

    /// <summary>The value to write for an attribute, or null to leave it out. Addresses and ids have rules of their own in the sanitiser.</summary>
    public static string? Value(string element, string attribute, string value)
    {
        if (!Everywhere.Contains(attribute) && !Elements[element].Contains(attribute, StringComparer.Ordinal)) return null;
        return attribute switch
        {
            "id" => IsSafeId(value) ? value : null,
            "class" => Classes(value),
            "href" => SafeUrl.Link(value),
            "src" => SafeUrl.Image(value),
            "title" or "alt" or "aria-label" => value,
            "role" => OneOf(value, "region", "note", "img"),
            "tabindex" => OneOf(value, "0"),
            "target" => OneOf(value, "_blank"),
            "scope" => OneOf(value, "col", "row"),
            "dir" => OneOf(value, "ltr", "rtl", "auto"),
            "type" => OneOf(value, "1", "a", "A", "i", "I"),
            "open" => "",
            "lang" or "data-language" => IsName(value) ? value : null,
            _ => IsNumber(value) ? value : null,
        };
    }

    /// <summary>
    /// Ids of headings and notes. <c>p-</c> is kept for the layout, and only lower case and hyphens are left to authors, so no script's
    /// global variable in camel case can be shadowed.
    /// </summary>
    static bool IsSafeId(string id) =>
        IsSlug(id) && !id.StartsWith("p-", StringComparison.Ordinal)
        || id.StartsWith("fn:", StringComparison.Ordinal) && IsNumber(id["fn:".Length..])
        || id.StartsWith("fnref:", StringComparison.Ordinal) && id["fnref:".Length..].Split(':') is { Length: <= 2 } numbers && numbers.All(IsNumber);

    static string? Classes(string value)
    {
        var classes = new StringBuilder();
        foreach (var name in value.Split([' ', '\t', '\n', '\r', '\f'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IsName(name) || name.StartsWith("p-", StringComparison.OrdinalIgnoreCase)) continue;
            if (classes.Length > 0) classes.Append(' ');
            classes.Append(name);
        }

        return classes.Length == 0 ? null : classes.ToString();
    }

    static bool IsSlug(string value) =>
        value.Length is > 0 and <= 100 && value[0] != '-' && value.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    static bool IsName(string value) =>
        value.Length is > 0 and <= 60 && char.IsAsciiLetter(value[0]) && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    static bool IsNumber(string value) => value.Length is > 0 and <= 9 && value.All(char.IsAsciiDigit);

    static string? OneOf(string value, params ReadOnlySpan<string> allowed) => allowed.Contains(value) ? value : null;
}
