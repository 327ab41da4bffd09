using System.Text;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace NsiPortal.Rendering.Safety;

/// <summary>HTML that holds nothing outside the allow-list, and the tree that a browser builds from it.</summary>
sealed record SafeHtml(string Html, IElement Body);

/// <summary>
/// Parses as a browser does, writes only what the allow-list names, and repeats until parsing what was written gives the same text
/// again: what was checked is then exactly what browsers see, and no markup can mean something else at a second reading.
/// </summary>
static class HtmlSanitizer
{
    /// <summary>Markdig nests 128 blocks at most; what is deeper is refused. It also bounds the recursion below.</summary>
    const int MaxDepth = 400;

    /// <summary>Two are usual: one that cleans and one that confirms. Misnested tables and links need a third or fourth.</summary>
    const int MaxPasses = 8;

    const string XhtmlNamespace = "http://www.w3.org/1999/xhtml";

    /// <summary>Null when the text does not settle, or asks for absurdly many or deep elements.</summary>
    public static SafeHtml? Sanitize(string html)
    {
        for (var pass = 0; pass < MaxPasses; pass++)
        {
            if (Parse(html) is not { } body) return null;
            var clean = new Writer(body).Write();
            if (clean == html) return new SafeHtml(clean, body);
            html = clean;
        }

        return null;
    }

    static IElement? Parse(string html)
    {
        var guard = new GrowthGuard();
        var options = new HtmlParserOptions
        {
            MaximumDepth = MaxDepth,
            SkipComments = true,
            DisableElementPositionTracking = true,
            OnCreated = (element, _) => guard.Add(element),
        };
        try
        {
            return new HtmlParser(options).ParseDocument($"<!DOCTYPE html><body>{html}").Body;
        }
        catch (AbsurdMarkupException)
        {
            return null;
        }
    }

    /// <summary>Stops a parser that is asked for too much: unclosed tags make it copy elements, and each depth makes it look at all above.</summary>
    sealed class GrowthGuard
    {
        const int MaxElements = 100_000;
        int elements;
        IElement? last;

        public void Add(IElement element)
        {
            // The element itself is not in the tree yet; the one before it is.
            var depth = 0;
            for (var ancestor = last?.Parent; ancestor is not null; ancestor = ancestor.Parent) depth++;
            if (++elements > MaxElements || depth >= MaxDepth - 1) throw new AbsurdMarkupException();
            last = element;
        }
    }

    sealed class AbsurdMarkupException : Exception;

    sealed class Writer(IElement body)
    {
        readonly StringBuilder output = new();

        /// <summary>Ids already written. Headings come first, so that raw HTML cannot take the anchors of the table of contents.</summary>
        readonly HashSet<string> written = new(StringComparer.Ordinal);
        readonly HashSet<string> headings = [.. body.QuerySelectorAll("h1[id],h2[id],h3[id],h4[id],h5[id],h6[id]").Select(h => h.Id!)];

        public string Write()
        {
            WriteChildren(body);
            return output.ToString();
        }

        void WriteChildren(IElement parent)
        {
            foreach (var node in parent.ChildNodes)
            {
                if (node is IElement element) WriteElement(element);
                else if (node is IText text) WriteEscaped(text.Data);
            }
        }

        void WriteElement(IElement element)
        {
            var name = element.LocalName == "h1" ? "h2" : element.LocalName;
            if (element.NamespaceUri != XhtmlNamespace || AllowList.Drops(name)) return;
            // An old element that teachers still write for what a class does.
            if (name == "center")
            {
                output.Append("<div class=\"center\">");
                WriteChildren(element);
                output.Append("</div>");
                return;
            }

            if (!AllowList.Allows(name))
            {
                WriteChildren(element);
                return;
            }

            if (name == "img")
            {
                WriteImage(element);
                return;
            }

            output.Append('<').Append(name);
            WriteAttributes(element, name);
            output.Append('>');
            if (AllowList.IsVoid(name)) return;
            // A parser skips one newline after <pre>.
            if (name == "pre" && element.FirstChild is IText text && text.Data.StartsWith('\n')) output.Append('\n');
            WriteChildren(element);
            output.Append("</").Append(name).Append('>');
        }

        /// <summary>An image that may not be shown leaves its alternative text.</summary>
        void WriteImage(IElement image)
        {
            if (SafeUrl.Image(image.GetAttribute("src") ?? "") is null)
            {
                WriteEscaped(image.GetAttribute("alt") ?? "");
                return;
            }

            output.Append("<img");
            WriteAttributes(image, "img");
            if (!image.HasAttribute("alt")) output.Append(" alt=\"\"");
            output.Append(" decoding=\"async\">");
        }

        void WriteAttributes(IElement element, string name)
        {
            var leavesSite = false;
            foreach (var attribute in element.Attributes)
            {
                if (AllowList.Value(name, attribute.Name, attribute.Value) is not { } value) continue;
                if (attribute.Name == "id" && !MayTake(value, name)) continue;
                if (attribute.Name == "href") leavesSite |= SafeUrl.LeavesSite(value);
                // The page that is opened gets no hold of ours.
                if (attribute.Name == "target") leavesSite = true;

                output.Append(' ').Append(attribute.Name);
                if (attribute.Name == "open") continue;
                output.Append("=\"");
                WriteEscaped(value);
                output.Append('"');
            }

            if (leavesSite) output.Append(" rel=\"noopener noreferrer\"");
        }

        bool MayTake(string id, string element) => (element[0] == 'h' && element != "hr" || !headings.Contains(id)) && written.Add(id);

        /// <summary>One escaping for text and attributes. Control characters and halves of surrogate pairs are not text.</summary>
        void WriteEscaped(string text)
        {
            var plain = text.AsSpan();
            while (!plain.IsEmpty)
            {
                var special = plain.IndexOfAny(Special);
                var run = special < 0 ? plain : plain[..special];
                output.Append(run);
                if (special < 0) return;

                var c = plain[special];
                plain = plain[(special + 1)..];
                if (c is '&') output.Append("&amp;");
                else if (c is '<') output.Append("&lt;");
                else if (c is '>') output.Append("&gt;");
                else if (c is '"') output.Append("&quot;");
                else if (char.IsHighSurrogate(c) && !plain.IsEmpty && char.IsLowSurrogate(plain[0]))
                {
                    output.Append(c).Append(plain[0]);
                    plain = plain[1..];
                }
                else if (char.IsSurrogate(c))
                {
                    output.Append('\uFFFD');
                }
            }
        }

        static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create(
            [
                '&', '<', '>', '"',
                .. Enumerable.Range(0, 0xA0).Select(i => (char)i).Where(c => char.IsControl(c) && c is not ('\t' or '\n')),
                .. Enumerable.Range(0xD800, 0x800).Select(i => (char)i),
            ]);
    }
}
