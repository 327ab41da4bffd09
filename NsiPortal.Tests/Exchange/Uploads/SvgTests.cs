using System.Text;
using System.Xml.Linq;

namespace NsiPortal.Exchange.Uploads;

/// <summary>A drawing draws, whatever else somebody has put in it.</summary>
public sealed class SvgTests
{
    public static TheoryData<string, string> Attacks { get; } = new()
    {
        { "script", "<script>alert(1)</script>" },
        { "script from elsewhere", "<script href='https://example.org/x.js'/>" },
        { "script in another prefix", "<s:script xmlns:s='http://www.w3.org/2000/svg'>alert(1)</s:script>" },
        { "script of XHTML", "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>" },
        { "script in CDATA", "<script><![CDATA[alert(1)]]></script>" },
        { "script in defs", "<defs><script>alert(1)</script></defs>" },
        { "onload", "<g onload='alert(1)'><path d='M0 0'/></g>" },
        { "onclick", "<rect onclick='alert(1)' width='5' height='5'/>" },
        { "OnMouseOver", "<rect OnMouseOver='alert(1)' width='5' height='5'/>" },
        { "onbegin", "<animate onbegin='alert(1)' attributeName='x' dur='1s'/>" },
        { "set of onmouseover", "<set attributeName='onmouseover' to='alert(1)'/>" },
        { "animate of href", "<a><animate attributeName='href' values='javascript:alert(1)'/><text>x</text></a>" },
        { "link", "<a href='https://example.org'><text>x</text></a>" },
        { "link that runs", "<a xlink:href='javascript:alert(1)'><text>x</text></a>" },
        { "foreignObject", "<foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml' src='javascript:alert(1)'/></foreignObject>" },
        { "image from elsewhere", "<image href='https://example.org/spy.png' width='1' height='1'/>" },
        { "image in data", "<image xlink:href='data:image/svg+xml;base64,PHN2Zz48L3N2Zz4='/>" },
        { "use from elsewhere", "<use href='https://example.org/a.svg#b'/>" },
        { "use in data", "<use xlink:href='data:image/svg+xml,%3Csvg id=x%3E#x'/>" },
        { "use of another file", "<use href='secret.svg#b'/>" },
        { "iframe", "<iframe xmlns='http://www.w3.org/1999/xhtml' src='https://example.org'/>" },
        { "embed", "<embed src='https://example.org'/>" },
        { "style that asks", "<rect style='fill:url(https://example.org/x)' width='5' height='5'/>" },
        { "style with an escape", @"<rect style='fill:u\72l(https://example.org/x)' width='5' height='5'/>" },
        { "style in capitals", "<rect style='fill:URL(https://example.org/x)' width='5' height='5'/>" },
        { "fill that asks", "<rect fill='url(//example.org/x)' width='5' height='5'/>" },
        { "fill local and not", "<rect fill='url(#a) url(https://example.org/x)' width='5' height='5'/>" },
        { "filter that asks", "<rect filter='url(https://example.org/f.svg#f)' width='5' height='5'/>" },
        { "feImage", "<filter id='f'><feImage href='https://example.org/x.png'/></filter>" },
        { "import", "<style>@import 'https://example.org/x.css';</style>" },
        { "font from elsewhere", "<style>@font-face { font-family: a; src: url(https://example.org/a.woff) }</style>" },
        { "sheet that asks", "<style>rect { background-image: url('https://example.org/x') }</style>" },
        { "sheet with an escape", @"<style>\40 import 'https://example.org/x.css';</style>" },
        { "image-set", "<style>rect { fill: image-set('https://example.org/x' 1x) }</style>" },
        { "expression", "<rect style='width:expression(alert(1))' height='5'/>" },
        { "handler", "<handler xmlns:ev='http://www.w3.org/2001/xml-events' ev:event='load'>alert(1)</handler>" },
        { "base", "<g xml:base='https://example.org/'><use href='#a'/></g>" },
        { "text that closes", "<text>&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;</text>" },
        { "comment", "<!-- ><script>alert(1)</script> --><path d='M0 0'/>" },
        { "processing instruction", "<?xml-stylesheet href='https://example.org/x.xsl' type='text/xsl'?><path d='M0 0'/>" },
        { "metadata of a program", "<metadata><r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>Zoé</r:RDF></metadata><i:namedview xmlns:i='http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd'/>" },
    };

    [Theory, MemberData(nameof(Attacks))]
    public void An_attack_is_left_out_or_refused(string name, string inside)
    {
        Assert.NotEmpty(name);
        try
        {
            var drawing = XDocument.Load(new MemoryStream(Upload.Read("a.svg", Pictures.Svg(inside)).Content));
            foreach (var element in drawing.Descendants())
            {
                Assert.Equal("http://www.w3.org/2000/svg", element.Name.NamespaceName);
                Assert.DoesNotContain(element.Name.LocalName, new[] { "script", "foreignObject", "image", "feImage", "a", "set", "animate", "handler", "metadata" });
                foreach (var attribute in element.Attributes().Where(a => !a.IsNamespaceDeclaration))
                {
                    Assert.False(attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase), attribute.ToString());
                    Assert.NotEqual("base", attribute.Name.LocalName);
                    if (attribute.Name.LocalName == "href") Assert.StartsWith("#", attribute.Value, StringComparison.Ordinal);
                    Assert.DoesNotContain("example.org", attribute.Value, StringComparison.Ordinal);
                    Assert.DoesNotContain("expression", attribute.Value, StringComparison.Ordinal);
                }

                if (element.Name.LocalName == "style") Assert.DoesNotContain("example.org", element.Value, StringComparison.Ordinal);
            }

            Assert.All(drawing.DescendantNodes(), node => Assert.False(node is XComment or XProcessingInstruction or XDocumentType, node.ToString()));
        }
        catch (RefusedFileException)
        {
            // As it may be.
        }
    }

    public static TheoryData<string> Documents { get; } =
    [
        """<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg"><text>&b;</text></svg>""",
        """<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>""",
        """<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg xmlns="http://www.w3.org/2000/svg"/>""",
        """<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>""",
        "<svg><script>alert(1)</script></svg>",
        """<svg xmlns="http://www.w3.org/2000/svg"><text>&undefined;</text></svg>""",
        """<svg xmlns="http://www.w3.org/2000/svg">""",
        """<?xml version="1.0" encoding="utf-7"?><svg xmlns="http://www.w3.org/2000/svg"/>""",
        """<?xml version="1.0" encoding="no-such-thing"?><svg xmlns="http://www.w3.org/2000/svg"/>""",
        "",
    ];

    [Theory, MemberData(nameof(Documents))]
    public void What_is_no_plain_drawing_is_refused(string document) => Assert.Throws<RefusedFileException>(() => Upload.Read("a.svg", Encoding.UTF8.GetBytes(document)));

    // To set them, each is looked for among the others.
    [Fact]
    public void An_element_of_countless_attributes_is_refused() => Assert.Throws<RefusedFileException>(() =>
        Upload.Read("a.svg", Pictures.Svg($"<g {string.Join(' ', Enumerable.Range(0, 201).Select(i => $"a{i}='x'"))}/>")));

    [Fact]
    public void What_paints_itself_again_and_again_is_refused()
    {
        var patterns = string.Concat(Enumerable.Range(1, 20).Select(i => $"<pattern id='p{i}'><rect fill='url(#p{i - 1})'/><rect style='fill:url(#p{i - 1})'/></pattern>"));
        Assert.Throws<RefusedFileException>(() => Upload.Read("a.svg", Pictures.Svg($"<pattern id='p0'><rect/></pattern>{patterns}")));
        Assert.Throws<RefusedFileException>(() => Upload.Read("a.svg", Pictures.Svg("<pattern id='p'><rect fill='url(#p)'/></pattern>")));
    }

    [Fact]
    public void What_draws_stays()
    {
        const string Drawing = """<defs><linearGradient id="g"><stop offset="0" stop-color="#fff" /></linearGradient><g id="b"><path d="M0 0" /></g></defs><style>.a &gt; path { fill: url(#g) }</style><use href="#b" x="1" /><text x="1" y="2" xml:space="preserve">a &lt; b</text><rect style="fill:url(#g);stroke:none" class="a" aria-label="p@ge" />""";
        var (before, after) = (XElement.Parse(Encoding.UTF8.GetString(Pictures.Svg(Drawing))), XElement.Parse(Encoding.UTF8.GetString(Upload.Read("a.svg", Pictures.Svg(Drawing)).Content)));
        foreach (var declaration in before.Attributes().Concat(after.Attributes()).Where(a => a.IsNamespaceDeclaration).ToList()) declaration.Remove();
        Assert.Equal(before.ToString(), after.ToString());
    }

    [Fact]
    public void Links_of_former_programs_are_those_of_present_ones() =>
        Assert.Contains("href=\"#b\"", Encoding.UTF8.GetString(Upload.Read("a.svg", Pictures.Svg("<g id='b'/><use xlink:href='#b'/>")).Content), StringComparison.Ordinal);
}
