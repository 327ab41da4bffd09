using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace NsiPortal.Exchange.Uploads;

/// <summary>An SVG drawing: what draws, read and written anew from a list of what is allowed. It runs nothing, asks for nothing, and links nowhere.</summary>
static class SvgFile
{
    static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    static readonly XNamespace XLink = "http://www.w3.org/1999/xlink";

    const int MaximumElements = 50_000;
    const int MaximumDepth = 100;
    const int MaximumAttributes = 200;

    /// <summary>With all that is used again, and again inside that.</summary>
    const long MaximumDrawn = 200_000;

    // Without script, foreignObject, image, a, animate and set, which ask, link, or write attributes that are not here.
    static readonly HashSet<string> Elements =
    [
        "svg", "g", "defs", "symbol", "use", "title", "desc", "switch", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "textPath",
        "marker", "pattern", "mask", "clipPath", "linearGradient", "radialGradient", "stop", "style",
        "filter", "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feMerge", "feMergeNode", "feOffset", "feDropShadow",
    ];

    /// <summary>All of them attributes that are also properties of style, or numbers, or names.</summary>
    static readonly HashSet<string> Attributes =
    [
        "id", "class", "style", "role", "lang", "aria-label", "aria-labelledby", "aria-describedby", "aria-hidden", "viewBox", "preserveAspectRatio", "version", "width", "height", "x", "y", "x1", "x2", "y1", "y2",
        "cx", "cy", "r", "rx", "ry", "fx", "fy", "fr", "d", "points", "pathLength", "transform", "gradientTransform", "gradientUnits", "spreadMethod", "patternTransform", "patternUnits", "patternContentUnits",
        "maskUnits", "maskContentUnits", "clipPathUnits", "markerWidth", "markerHeight", "markerUnits", "refX", "refY", "orient", "offset", "dx", "dy", "rotate", "textLength", "lengthAdjust", "startOffset", "method", "spacing",
        "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "opacity", "color",
        "stop-color", "stop-opacity", "flood-color", "flood-opacity", "display", "visibility", "overflow", "clip-path", "clip-rule", "mask", "filter", "marker", "marker-start", "marker-mid", "marker-end", "vector-effect", "paint-order",
        "shape-rendering", "text-rendering", "color-interpolation-filters", "mix-blend-mode", "isolation", "font", "font-family", "font-size", "font-style", "font-weight", "font-stretch", "font-variant", "letter-spacing", "word-spacing",
        "text-anchor", "text-decoration", "dominant-baseline", "alignment-baseline", "baseline-shift", "writing-mode", "direction", "unicode-bidi", "line-height", "white-space", "text-align",
        "in", "in2", "result", "stdDeviation", "mode", "operator", "k1", "k2", "k3", "k4", "type", "values", "tableValues", "slope", "intercept", "amplitude", "exponent", "filterUnits", "primitiveUnits", "edgeMode",
    ];

    public static byte[] Clean(byte[] file)
    {
        XDocument document;
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(file, writable: false), new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                MaxCharactersInDocument = Upload.MaximumBytes,
            });
            document = Read(reader);
        }
        // A text in an unknown encoding is an argument to the reader.
        catch (Exception broken) when (broken is XmlException or DecoderFallbackException or ArgumentException or NotSupportedException)
        {
            throw new RefusedFileException("SvgUnreadable");
        }

        if (document.Root!.Name != Svg + "svg") throw new RefusedFileException("NotSvg");
        if (document.Descendants(Svg + "image").Any() || document.Descendants(Svg + "foreignObject").Any())
            throw new RefusedFileException("SvgForeign");
        var clean = Kept(document.Root)!;
        Check(clean);
        return Written(clean);
    }

    /// <summary>Not deeper than drawings are: to read on would exhaust the stack of whoever walks it.</summary>
    static XDocument Read(XmlReader reader)
    {
        var document = new XDocument();
        var open = new Stack<XContainer>([document]);
        var count = 0;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (++count > MaximumElements || open.Count > MaximumDepth) throw new RefusedFileException("SvgElements");
                    // Each that is set is looked for among those that are there.
                    if (reader.AttributeCount > MaximumAttributes) throw new RefusedFileException("SvgAttributes");
                    var element = new XElement(XName.Get(reader.LocalName, reader.NamespaceURI));
                    var empty = reader.IsEmptyElement;
                    while (reader.MoveToNextAttribute())
                        if (reader.Prefix != "xmlns" && reader.Name != "xmlns") element.SetAttributeValue(XName.Get(reader.LocalName, reader.NamespaceURI), reader.Value);
                    open.Peek().Add(element);
                    if (!empty) open.Push(element);
                    break;
                case XmlNodeType.EndElement:
                    open.Pop();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when open.Peek() is XElement:
                    open.Peek().Add(new XText(reader.Value));
                    break;
                default:
                    break;
            }
        }

        return document;
    }

    static XElement? Kept(XElement element)
    {
        if (element.Name.Namespace != Svg || !Elements.Contains(element.Name.LocalName)) return null;
        if (element.Name.LocalName == "style")
            return IsHarmless(element.Value) ? new XElement(element.Name, element.Value)
                : throw new RefusedFileException("SvgStyle");
        return new XElement(
            element.Name,
            element.Attributes().Where(IsKept).Select(attribute => attribute.Name.Namespace == XLink ? new XAttribute("href", attribute.Value) : new XAttribute(attribute)).DistinctBy(attribute => attribute.Name),
            element.Nodes().Select(node => node is XElement child ? Kept(child) : (object?)node));
    }

    static bool IsKept(XAttribute attribute)
    {
        var name = attribute.Name;
        // What is used again stands in the same drawing.
        if (name.LocalName == "href" && (name.Namespace == XNamespace.None || name.Namespace == XLink)) return LocalName.IsMatch(attribute.Value);
        if (name == XNamespace.Xml + "lang" || name == XNamespace.Xml + "space") return true;
        return name.Namespace == XNamespace.None && Attributes.Contains(name.LocalName) && (name.LocalName.StartsWith("aria-", StringComparison.Ordinal) || IsHarmless(attribute.Value));
    }

    static readonly Regex LocalName = new(@"\A#[\w.:-]+\z", RegexOptions.NonBacktracking);

    static readonly Regex LocalUrl = new(@"url\(\s*['""]?#(?<id>[\w.:-]+)['""]?\s*\)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Style that fetches nothing. A backslash writes any word so that it is not seen.</summary>
    static bool IsHarmless(string style)
    {
        var rest = LocalUrl.Replace(style, "");
        return !Fetches.Any(word => rest.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    static readonly string[] Fetches = ["url(", "src(", "image(", "image-set(", "cross-fade(", "element(", "expression(", "javascript:", "behavior:", "-moz-binding", "@", "\\", "<"];

    /// <summary>What is used again and again inside itself draws without end, or for hours.</summary>
    static void Check(XElement root)
    {
        var named = root.DescendantsAndSelf().Where(element => element.Attribute("id") is not null).GroupBy(element => element.Attribute("id")!.Value).ToDictionary(same => same.Key, same => same.First());
        var drawn = new Dictionary<XElement, long>();
        if (Drawn(root, []) > MaximumDrawn) throw TooMuch();

        long Drawn(XElement element, HashSet<XElement> within)
        {
            if (drawn.TryGetValue(element, out var known)) return known;
            if (!within.Add(element) || within.Count > 10 * MaximumDepth) throw TooMuch();
            var count = 1L;
            foreach (var child in element.Elements()) count = Math.Min(count + Drawn(child, within), 2 * MaximumDrawn);
            if (element.Name.LocalName is "use" or "pattern" && element.Attribute("href")?.Value is { } href && named.TryGetValue(href[1..], out var used)) count = Math.Min(count + Drawn(used, within), 2 * MaximumDrawn);
            // A pattern, a mask, a marker or a filter is drawn for each that asks for it.
            foreach (var match in element.Attributes().SelectMany(attribute => LocalUrl.Matches(attribute.Value)))
                if (named.TryGetValue(match.Groups["id"].Value, out var painted)) count = Math.Min(count + Drawn(painted, within), 2 * MaximumDrawn);
            within.Remove(element);
            return drawn[element] = count;
        }

        static RefusedFileException TooMuch() => new("SvgRepeats");
    }

    static byte[] Written(XElement root)
    {
        var bytes = new MemoryStream();
        var settings = new XmlWriterSettings { OmitXmlDeclaration = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), NewLineHandling = NewLineHandling.Replace, NewLineChars = "\n" };
        using (var writer = XmlWriter.Create(bytes, settings)) root.Save(writer);
        return bytes.Length <= Upload.MaximumBytes ? bytes.ToArray() : throw new RefusedFileException("SvgTooLarge", Upload.MaximumBytes / 1024 / 1024);
    }
}
