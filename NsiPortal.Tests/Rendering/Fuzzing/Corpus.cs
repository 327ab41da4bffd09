using System.Globalization;
using System.Text.RegularExpressions;

namespace NsiPortal.Rendering.Fuzzing;

/// <summary>Texts that stand beside this file and travel inside the assembly: blocks between lines that hold only <c>%%</c>.</summary>
static partial class Corpus
{
    /// <summary>Attacks. <c>{U+0009}</c> stands for the character of that number, so that the file itself stays readable.</summary>
    public static IReadOnlyList<string> Attacks { get; } = Read("attacks.txt");

    /// <summary>Pieces of the dialect as teachers write it, well formed or not.</summary>
    public static IReadOnlyList<string> Fragments { get; } = Read("fragments.txt");

    static List<string> Read(string name)
    {
        using var stream = typeof(Corpus).Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException(name);
        using var reader = new StreamReader(stream);
        var text = CodePoint().Replace(reader.ReadToEnd(), m => ((char)int.Parse(m.Groups["code"].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());
        return [.. text.Split("\n%%\n").Select(block => block.Trim('\n')).Where(block => block.Length > 0)];
    }

    [GeneratedRegex(@"\{U\+(?<code>[0-9A-F]{4})\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodePoint();
}
