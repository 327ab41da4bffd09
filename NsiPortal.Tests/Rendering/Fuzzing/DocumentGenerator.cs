using System.Text;

namespace NsiPortal.Rendering.Fuzzing;

/// <summary>Documents that no teacher would write. A seed and a number always give the same one.</summary>
sealed class DocumentGenerator(int seed)
{
    const int MaxLength = 6000;

    static readonly string[] Punctuation =
    [
        "<", ">", "\"", "'", "&", "`", "```", "~~~", "$", "$$", "\\(", "\\)", "\\[", "\\]", "[", "]", "(", ")", "![", "](", "!!! ", "??? ", "???+ ", "|", "|---|",
        "\n", "\n\n", "    ", "\t", "> ", "- ", "1. ", "# ", "## ", "*", "**", "_", "~", "^", "==", "[^1]", "[^1]: ", ": ", "<!--", "-->", "<![CDATA[", "]]>", "<?", "</",
        "/>", "=", "&#", ";", "javascript:", "data:", "//", "\\", "#!py ", ":::sql ", "- [ ] ", "- [x] ", "\"title\"", "---", "===", "{", "}", "=== \"", "===! \"", "{: ", "{ .", "{#", "#}", "{{ ", " }}", "{{ correction(True, \"\"\"", "\"\"\") }}", "{%", "++", "++ctrl+", "^^", "{++", "++}", "{--", "--}", "{~~", "~>",
        "~~}", "{==", "==}", "{>>", "<<}", ":heart:", ":material-", "*[SQL]: ", "SQL", "--8<-- \"", "<div markdown>",
    ];

    static readonly string[] Tags =
    [
        "a", "b", "i", "p", "div", "span", "table", "tr", "td", "th", "caption", "colgroup", "ul", "li", "dl", "dt", "pre", "code", "h1", "h2", "details", "summary", "img",
        "svg", "math", "mi", "mtext", "mglyph", "annotation-xml", "foreignObject", "desc", "title", "style", "script", "template", "noscript", "textarea", "select", "option",
        "form", "button", "nobr", "font", "center", "article", "main", "body", "html", "head", "frameset", "plaintext", "xmp", "iframe", "object", "marquee", "ruby", "rt",
    ];

    public string Document(int number)
    {
        // Not HashCode: its result changes with every process.
        var random = new Random(unchecked((seed * 486187739) + number));
        var text = new StringBuilder();
        for (var pieces = random.Next(1, 14); pieces > 0 && text.Length < MaxLength; pieces--)
        {
            text.Append(Placed(Piece(random), random)).Append(random.Next(4) switch { 0 => "", 1 => " ", 2 => "\n", _ => "\n\n" });
        }

        for (var mutations = random.Next(0, 6); mutations > 0 && text.Length > 0; mutations--) Mutate(text, random);
        return text.ToString();
    }

    static string Piece(Random random) => random.Next(10) switch
    {
        < 3 => Corpus.Fragments[random.Next(Corpus.Fragments.Count)],
        < 6 => Corpus.Attacks[random.Next(Corpus.Attacks.Count)],
        6 => Many(random, 30, () => Punctuation[random.Next(Punctuation.Length)]),
        7 => Many(random, 12, () => Tag(random)),
        8 => Many(random, 20, () => AnyCharacter(random)),
        _ => string.Concat(Enumerable.Repeat(Punctuation[random.Next(Punctuation.Length)], random.Next(1, 200))),
    };

    static string Many(Random random, int most, Func<string> one) => string.Concat(Enumerable.Range(0, random.Next(1, most)).Select(_ => one()));

    static string Tag(Random random)
    {
        var tag = Tags[random.Next(Tags.Length)];
        return random.Next(5) switch
        {
            0 => $"</{tag}>",
            1 => $"<{tag} id=\"x{random.Next(3)}\" class=\"a b\" onclick=alert(1)>",
            2 => $"<{tag} href='javascript:alert(1)' src=//evil.example/x style=color:red>",
            3 => $"<{tag}/>",
            _ => $"<{tag}>texte",
        };
    }

    static string AnyCharacter(Random random) => random.Next(6) switch
    {
        0 => ((char)random.Next(0, 0xA0)).ToString(),
        1 => ((char)random.Next(0xA0, 0x3000)).ToString(),
        2 => ((char)random.Next(0xD800, 0xE000)).ToString(),
        3 => char.ConvertFromUtf32(random.Next(0x10000, 0x110000)),
        4 => $"&#{random.Next(0, 0x11000)};",
        _ => ((char)random.Next(0x2000, 0x2070)).ToString(),
    };

    /// <summary>A piece as it is, or inside something: a quotation, a list, an admonition, a link, an attribute, a fence.</summary>
    static string Placed(string piece, Random random) => random.Next(15) switch
    {
        0 => "> " + piece.Replace("\n", "\n> ", StringComparison.Ordinal),
        1 => "- " + piece.Replace("\n", "\n  ", StringComparison.Ordinal),
        2 => "!!! note \"Titre\"\n    " + piece.Replace("\n", "\n    ", StringComparison.Ordinal),
        3 => "??? " + piece,
        4 => $"[{piece}]({piece})",
        5 => $"<div title=\"{piece}\">",
        6 => $"```python title=\"{piece}\"\n{piece}\n```",
        7 => $"| {piece} | b |\n|---|:-:|\n| {piece} | d |",
        8 => "=== \"Titre\"\n\n    " + piece.Replace("\n", "\n    ", StringComparison.Ordinal),
        9 => $"{piece}{{: .center #{piece} title=\"{piece}\" }}",
        10 => $"{{{{ correction(True, \"\"\"\n{piece}\n\"\"\") }}}}",
        _ => piece,
    };

    static void Mutate(StringBuilder text, Random random)
    {
        var start = random.Next(text.Length);
        var length = Math.Min(random.Next(1, 40), text.Length - start);
        switch (random.Next(4))
        {
            case 0:
                text.Remove(start, length);
                break;
            case 1:
                text.Insert(random.Next(text.Length), text.ToString(start, length));
                break;
            case 2:
                text.Insert(start, Punctuation[random.Next(Punctuation.Length)]);
                break;
            default:
                text[start] = (char)random.Next(0, 0x180);
                break;
        }
    }
}
