using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace NsiPortal.Browser;

/// <summary>Every chapter of the demo courses, opened once: what a first visit weighs, that its figures can be enlarged, and what it is on paper.</summary>
public sealed partial class ChapterPrintTests(BrowserFixture browser)
{
    /// <summary>Bytes as a published portal sends them, headers and fonts included.</summary>
    const int MostSent = 150_000;

    /// <summary>What the margins leave of A4, in the pixels of CSS.</summary>
    const int PaperWidth = 680;
    const int PaperHeight = 990;

    [Fact]
    public async Task Every_chapter_is_light_and_loses_nothing_on_paper()
    {
        var chapters = (await browser.CrawlAsync()).Pages.Where(page => DemoChapter().IsMatch(page)).ToList();
        Assert.True(chapters.Count >= 26, $"{chapters.Count} chapters");
        var faults = new List<string>();
        foreach (var chapter in chapters.Append(Specimen.Chapter))
        {
            await using var visit = await browser.VisitAsync();
            var answers = new ConcurrentQueue<IResponse>();
            visit.Page.Response += (_, answer) => answers.Enqueue(answer);
            await visit.OpenAsync(chapter);
            // All that comes by itself has come. On a machine that has other work that takes its time.
            await visit.IdleAsync();
            var sent = new List<(string Name, int Bytes)>();
            foreach (var answer in answers) sent.Add((answer.Url[(answer.Url.LastIndexOf('/') + 1)..], await SentAsync(answer)));
            var weight = sent.Sum(each => each.Bytes);
            if (weight is < 50_000 or > MostSent) faults.Add($"{chapter}: {weight} bytes are sent: {string.Join(", ", sent.OrderByDescending(each => each.Bytes).Select(each => $"{each.Name} {each.Bytes}"))}");
            Assert.Equal(await visit.Page.Locator(".prose img").CountAsync(), await visit.Page.Locator(".enlarge").CountAsync());

            await visit.Page.SetViewportSizeAsync(PaperWidth, PaperHeight);
            await visit.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
            await visit.Page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
            await Expect(visit.Page.Locator(".math:not([data-typeset], :has(.math-fault))")).ToHaveCountAsync(0);
            await Expect(visit.Page.Locator("figure:is([data-language=mermaid], [data-language=dot]):not(:has(.diagram-view, .diagram-fault))")).ToHaveCountAsync(0);
            await visit.LettersAsync();
            faults.AddRange((await visit.Page.EvaluateAsync<string[]>(Cut, PaperHeight)).Select(fault => $"{chapter}: {fault}"));

            // Nothing is dropped between two pages: there are as many as it takes.
            var height = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollHeight");
            var paper = Encoding.Latin1.GetString(await visit.Page.PdfAsync(new PagePdfOptions { PreferCSSPageSize = true, Format = "A4" }));
            var pages = Page().Count(paper);
            if (pages < height / (double)PaperHeight - 0.5 || pages > 2 * height / PaperHeight + 2) faults.Add(string.Create(CultureInfo.InvariantCulture, $"{chapter}: {pages} pages for {height} px"));
            visit.Passed();
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>Publishing compresses our styles, scripts and images beforehand, as pages are anywhere; under development they hardly are. Fonts are compressed by nature.</summary>
    static async Task<int> SentAsync(IResponse answer)
    {
        var (headers, sizes) = (await answer.AllHeadersAsync(), await answer.Request.SizesAsync());
        if (headers.GetValueOrDefault("content-encoding") == "br" || headers.GetValueOrDefault("content-type", "").StartsWith("font/", StringComparison.Ordinal)) return sizes.ResponseHeadersSize + sizes.ResponseBodySize;
        using var compressed = new MemoryStream();
        await using (var brotli = new BrotliStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true)) await brotli.WriteAsync(await answer.BodyAsync());
        return sizes.ResponseHeadersSize + (int)compressed.Length;
    }

    /// <summary>What is wider than the paper or scrolls, what may not be cut but is higher than a page, what belongs on no paper, and what stays folded.</summary>
    const string Cut = """
        pageHeight => {
          const faults = [];
          const shown = (element) => element.checkVisibility();
          const name = (element) => `<${element.localName} class="${element.getAttribute('class') ?? ''}"> ${element.textContent.trim().slice(0, 60)}`;
          const prose = document.querySelector('.prose');
          const paper = document.documentElement.clientWidth;
          for (const element of prose.querySelectorAll('*')) {
            if (element.closest('.katex-mathml, .katex svg') || !shown(element)) continue;
            const { left, right, width, height } = element.getBoundingClientRect();
            if (width > 0 && (left < -1 || right > paper + 1)) faults.push(`${Math.round(left)} to ${Math.round(right)} px: ${name(element)}`);
            if (getComputedStyle(element).breakInside === 'avoid' && height > pageHeight) faults.push(`${Math.round(height)} px high in one piece: ${name(element)}`);
          }
          for (const element of prose.querySelectorAll('pre, .table, div.math, .diagram-view'))
            if (shown(element) && element.scrollWidth > element.clientWidth + 1) faults.push(`scrolls: ${name(element)}`);
          for (const element of prose.querySelectorAll('tr, .line, .figure, img'))
            if (shown(element) && getComputedStyle(element).breakInside !== 'avoid') faults.push(`may be cut: ${name(element)}`);
          for (const element of prose.querySelectorAll('h2, h3, h4, h5, h6, .admonition-title'))
            if (getComputedStyle(element).breakAfter !== 'avoid') faults.push(`may end a page: ${name(element)}`);
          for (const element of document.querySelectorAll('.header, .footer, .crumbs, .toc, .neighbours, .reading-bar, .enlarge, .tools, button'))
            if (shown(element)) faults.push(`is printed: ${name(element)}`);
          for (const fold of prose.querySelectorAll('details:not(.diagram > *)'))
            if (!fold.open) faults.push(`is folded: ${name(fold)}`);
          return faults;
        }
        """;

    [GeneratedRegex("^/cours/(algorithmique|bases-de-donnees-et-sql|structures-de-donnees|types-de-base-et-types-construits)/(?!glossaire$)[^/]+$", RegexOptions.ExplicitCapture)]
    private static partial Regex DemoChapter();

    [GeneratedRegex(@"/Type\s*/Page\b")]
    private static partial Regex Page();
}
