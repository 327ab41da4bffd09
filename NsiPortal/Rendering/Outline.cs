using AngleSharp.Dom;
using NsiPortal.Domain.Courses;

namespace NsiPortal.Rendering;

/// <summary>What a reader may want to know before reading: the headings that are really on the page, and the time it takes.</summary>
sealed record Outline(IReadOnlyList<TocEntry> TableOfContents, int ReadingMinutes)
{
    const double WordsPerMinute = 200;

    /// <summary>Code is skimmed: half of its words count.</summary>
    const double CodeWeight = 0.5;

    public static Outline Of(IElement body)
    {
        return new Outline(
            [.. body.QuerySelectorAll("h2[id], h3[id]").Where(IsPartOfThePlan).Select(Entry)],
            Math.Max(1, (int)Math.Round(Words(body, 1) / WordsPerMinute, MidpointRounding.AwayFromZero)));
    }

    static double Words(IElement element, double weight)
    {
        var words = 0.0;
        foreach (var node in element.ChildNodes)
        {
            if (node is IText text) words += weight * CountWords(text.Data);
            else if (node is IElement child && child.ClassName != "anchor") words += Words(child, child.LocalName == "pre" ? CodeWeight : weight);
        }

        return words;
    }

    /// <summary>A heading inside a folded block or a quotation is not a part of the chapter.</summary>
    static bool IsPartOfThePlan(IElement heading) => heading.Closest("details, blockquote, .admonition, .tab, table, li, dd") is null;

    static TocEntry Entry(IElement heading)
    {
        var text = string.Concat(heading.Descendants<IText>().Where(t => !t.ParentElement!.ClassList.Contains("anchor")).Select(t => t.Data));
        return new TocEntry(heading.LocalName[1] - '0', PlainText.Collapse(text), heading.Id!);
    }

    static int CountWords(string text)
    {
        var words = 0;
        var inWord = false;
        foreach (var c in text)
        {
            // « ; » and « = » stand alone in French and in code, and are not read as words.
            if (char.IsLetterOrDigit(c))
            {
                if (!inWord) words++;
                inWord = true;
            }
            else if (char.IsWhiteSpace(c))
            {
                inWord = false;
            }
        }

        return words;
    }
}
