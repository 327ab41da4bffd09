using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace NsiPortal.Rendering.Fuzzing;

/// <summary>
/// The second opinion: puts rendered HTML where the page puts it, parses the whole page as a browser would, and judges what is there by
/// lists of its own. It shares no code with the sanitiser.
/// </summary>
static class SafetyChecker
{
    const string Host = "portail.example";
    static readonly Url Page = new($"https://{Host}/cours/sql/jointures");

    static readonly HashSet<string> Elements =
    [
        "a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "dd", "del", "details", "dfn", "div", "dl", "dt", "em",
        "figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp", "rt",
        "ruby", "s", "samp", "section", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead",
        "tr", "u", "ul", "var", "wbr",
    ];

    static readonly HashSet<string> CommonAttributes = ["id", "class", "title", "lang", "dir", "role", "aria-label"];

    static readonly string[] Scripts = ["javascript:", "data:", "vbscript:"];

    static readonly Dictionary<string, string[]> OwnAttributes = new(StringComparer.Ordinal)
    {
        ["a"] = ["href", "rel", "target"],
        ["img"] = ["src", "alt", "width", "height", "decoding"],
        ["div"] = ["tabindex"],
        ["pre"] = ["tabindex", "data-first-line"],
        ["figure"] = ["data-language"],
        ["ol"] = ["start", "type"],
        ["li"] = ["value"],
        ["th"] = ["scope", "colspan", "rowspan"],
        ["td"] = ["colspan", "rowspan"],
        ["details"] = ["open"],
    };

    /// <summary>The first thing wrong with the HTML of a chapter, or null.</summary>
    public static string? Judge(string html)
    {
        var first = Parse(html);
        if (Walk(first) is { } wrong) return wrong;

        // A browser that saves the page, or a script that copies the article, writes and reads it again.
        var copy = first.QuerySelector("article")!.InnerHtml;
        var second = Parse(copy);
        if (Walk(second) is { } changed) return $"after a second reading: {changed}";
        return Shape(first) == Shape(second) ? null : "a second reading builds another tree";
    }

    static IDocument Parse(string html) =>
        new HtmlParser(new HtmlParserOptions { IsScripting = true })
            .ParseDocument($"<!DOCTYPE html><html><head><title>t</title></head><body><main><article>{html}</article><footer></footer></main></body></html>");

    static string? Walk(IDocument document)
    {
        if (document.Head!.Children.Length != 1 || document.Body!.Attributes.Length > 0 || document.DocumentElement.Attributes.Length > 0) return "the head, body or html was changed";
        if (document.Body.Children.Length != 1 || document.Body.Children[0] is not { LocalName: "main" } main) return "something stands beside main";
        if (main.Children.Length != 2 || main.Children[0] is not { LocalName: "article" } article || main.Children[1] is not { LocalName: "footer", ChildNodes.Length: 0 }) return "the article was left";

        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in article.Descendants())
        {
            switch (node)
            {
                case IElement element when Judge(element, ids) is { } wrong: return $"{wrong} in {element.OuterHtml[..Math.Min(200, element.OuterHtml.Length)]}";
                case IElement: break;
                case IText text when text.Data.Any(c => char.IsControl(c) && c is not ('\n' or '\t')): return "a control character in the text";
                case IText: break;
                default: return $"a node of kind {node.NodeType}";
            }
        }

        return null;
    }

    static string? Judge(IElement element, HashSet<string> ids)
    {
        if (element.NamespaceUri != "http://www.w3.org/1999/xhtml") return $"the namespace {element.NamespaceUri}";
        if (!Elements.Contains(element.LocalName)) return $"the element {element.LocalName}";
        foreach (var attribute in element.Attributes)
        {
            var own = OwnAttributes.GetValueOrDefault(element.LocalName) ?? [];
            if (!CommonAttributes.Contains(attribute.Name) && !own.Contains(attribute.Name, StringComparer.Ordinal)) return $"the attribute {attribute.Name}";
            if (attribute.Value.Any(char.IsControl) && attribute.Value.Any(c => char.IsControl(c) && c is not ('\n' or '\t'))) return $"a control character in {attribute.Name}";
            if (JudgeValue(element, attribute.Name, attribute.Value, ids) is { } wrong) return wrong;
        }

        return element.LocalName == "img" && !element.HasAttribute("alt") ? "an image without alternative text" : null;
    }

    static string? JudgeValue(IElement element, string name, string value, HashSet<string> ids) => name switch
    {
        "id" when value.StartsWith("p-", StringComparison.OrdinalIgnoreCase) => "an id of the layout",
        "id" when value.Length == 0 || value.Any(c => c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or ':')) => $"the id {value}",
        "id" when !ids.Add(value) => $"the id {value} twice",
        "class" when value.Split(' ').Any(c => c.Length == 0 || !char.IsAsciiLetter(c[0]) || c.Any(x => !char.IsAsciiLetterOrDigit(x) && x is not ('-' or '_'))) => $"the class {value}",
        "class" when value.Split(' ').Any(c => c.StartsWith("p-", StringComparison.OrdinalIgnoreCase)) => "a class of the layout",
        "href" => JudgeLink(element, value),
        "src" => JudgeImage(value),
        "target" when value != "_blank" || element.GetAttribute("rel") != "noopener noreferrer" => "a new tab without its rel",
        "role" when value is not ("region" or "note" or "img") => $"the role {value}",
        "tabindex" when value != "0" => $"the tabindex {value}",
        "start" or "value" or "width" or "height" or "colspan" or "rowspan" or "data-first-line" when value.Length == 0 || !value.All(char.IsAsciiDigit) => $"{name}={value}",
        _ => null,
    };

    static string? JudgeLink(IElement link, string value)
    {
        var squeezed = Squeeze(value);
        if (Scripts.Any(scheme => squeezed.StartsWith(scheme, StringComparison.Ordinal))) return $"the link {value}";
        var url = new Url(Page, value);
        if (url.IsInvalid) return null;
        if (url.Scheme is not ("http" or "https" or "mailto")) return $"the scheme {url.Scheme}";
        var rel = link.GetAttribute("rel") ?? "";
        return url.Scheme != "mailto" && url.Host != Host && rel != "noopener noreferrer" ? "a link to another host without its rel" : null;
    }

    static string? JudgeImage(string value)
    {
        var url = new Url(Page, value);
        return url.IsInvalid || url.Scheme != "https" || url.Host != Host || Squeeze(value).StartsWith("//", StringComparison.Ordinal) ? $"the image {value}" : null;
    }

    static string Squeeze(string value) => string.Concat(value.Where(c => c > ' ')).ToLowerInvariant();

    /// <summary>The tree as text: elements by depth with their attributes, and the text between them.</summary>
    static string Shape(IDocument document)
    {
        var shape = new System.Text.StringBuilder();
        foreach (var node in document.QuerySelector("article")!.Descendants())
        {
            if (node is IElement element)
            {
                shape.Append('<').Append(element.LocalName).Append('/').Append(element.ParentElement!.LocalName).Append(element.ParentElement.ChildElementCount);
                foreach (var attribute in element.Attributes) shape.Append(' ').Append(attribute.Name).Append('=').Append(attribute.Value);
            }
            else if (node is IText text)
            {
                shape.Append('"').Append(text.Data);
            }
        }

        return shape.ToString();
    }
}
