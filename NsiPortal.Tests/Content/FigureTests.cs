using System.Xml.Linq;

namespace NsiPortal.Content;

/// <summary>Figures draw, are described, and do nothing else.</summary>
public sealed class FigureTests
{
    /// <summary>As <c>course/figure.svg</c>.</summary>
    public static TheoryData<string> Figures { get; } =
    [
        .. from course in DemoCourse.Names
           from file in Directory.EnumerateFiles(Path.Combine(DemoCourse.FolderOf(course), "figures"), "*.svg").Order(StringComparer.Ordinal)
           select $"{course}/{Path.GetFileName(file)}",
    ];

    [Theory, MemberData(nameof(Figures))]
    public void A_figure_draws_and_does_nothing_else(string name)
    {
        var svg = Load(name);
        Assert.Null(svg.DocumentType);
        Assert.All(svg.DescendantNodes(), node => Assert.IsNotType<XProcessingInstruction>(node));
        foreach (var element in svg.Descendants())
        {
            Assert.Contains(element.Name.LocalName, new[] { "svg", "title", "desc", "defs", "marker", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan" });
            foreach (var attribute in element.Attributes().Where(a => !a.IsNamespaceDeclaration))
            {
                Assert.False(attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase), attribute.ToString());
                Assert.NotEqual("href", attribute.Name.LocalName);
                Assert.NotEqual("style", attribute.Name.LocalName);
                if (attribute.Value.Contains("url(", StringComparison.OrdinalIgnoreCase)) Assert.Matches(@"^url\(#[\w-]+\)$", attribute.Value);
            }
        }
    }

    [Theory, MemberData(nameof(Figures))]
    public void A_figure_says_what_it_shows(string name)
    {
        var svg = Load(name).Root!;
        var described = svg.Attribute("aria-labelledby")!.Value.Split(' ').Select(id => svg.Elements().Single(e => e.Attribute("id")?.Value == id)).ToList();
        Assert.Equal("img", svg.Attribute("role")?.Value);
        Assert.Equal(["title", "desc"], described.Select(e => e.Name.LocalName));
        Assert.All(described, e => Assert.True(e.Value.Length > 10, e.Value));
        Assert.NotNull(svg.Attribute("viewBox"));
    }

    static XDocument Load(string name) => XDocument.Load(Path.Combine(DemoCourse.FolderOf(DemoCourse.Of(name)), "figures", Path.GetFileName(name)));
}
