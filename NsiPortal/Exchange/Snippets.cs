using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NsiPortal.Exchange;

/// <summary>
/// Puts the files that a chapter includes in its text, as pymdownx does: <c>--8&lt;-- "tri.py"</c>, <c>"tri.py:section"</c>, <c>"tri.py:2:9"</c>, or
/// names between two lines <c>--8&lt;--</c>. Only files of the course's own folder, none that includes itself, and no more than a chapter may hold.
/// </summary>
/// <param name="read">The text of a file, by its path in the folder.</param>
/// <param name="maximumLength">Characters of the whole.</param>
sealed partial class Snippets(Func<string, Task<string>> read, int maximumLength)
{
    const string Scissors = "--8<--";
    const int MaximumDepth = 8;
    const int MaximumFiles = 500;

    readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);
    int files;

    /// <param name="path">The chapter's file.</param>
    /// <param name="text">Its text.</param>
    /// <param name="firstLine">The number in its file of the text's first line.</param>
    /// <exception cref="UnusableFileException">A file cannot be included; the line is the chapter's.</exception>
    public async Task<string> ExpandAsync(string path, string text, int firstLine)
    {
        if (!text.Contains(Scissors, StringComparison.Ordinal)) return text;
        var output = new StringBuilder(text.Length);
        await ExpandAsync(text, firstLine, "", [path], output);
        // As it was written: with an end of its last line, or without.
        return text.EndsWith('\n') ? output.ToString() : output.ToString().TrimEnd('\n');
    }

    async Task ExpandAsync(string text, int line, string indent, IReadOnlyList<string> stack, StringBuilder output)
    {
        var inBlock = false;
        foreach (var written in text.TrimEnd('\n').Split('\n'))
        {
            var content = written.AsSpan().Trim();
            if (content is Scissors)
            {
                inBlock = !inBlock;
            }
            else if (inBlock)
            {
                if (!content.IsEmpty && content[0] != ';') await IncludeAsync(content.ToString(), written, line, indent, stack, output);
            }
            else if (Directive().Match(written) is { Success: true } directive)
            {
                await IncludeAsync(directive.Groups["name"].Value, written, line, indent, stack, output);
            }
            else if (stack.Count == 1 || !Marker().IsMatch(written))
            {
                if (written.Length > 0) output.Append(indent).Append(written);
                output.Append('\n');
            }

            if (output.Length > maximumLength) throw new UnusableFileException(line, "avec ce qu’il inclut, le texte dépasse 1 Mo");
            // Within a file that is included, the line that counts is the chapter's.
            if (stack.Count == 1) line++;
        }
    }

    async Task IncludeAsync(string name, string written, int line, string indent, IReadOnlyList<string> stack, StringBuilder output)
    {
        var parts = name.Split(':');
        var path = parts[0].StartsWith("./", StringComparison.Ordinal) ? parts[0][2..] : parts[0];
        if (!IsPath(path)) throw Fault("ne désigne pas un fichier du dossier du cours");
        if (stack.Contains(path, StringComparer.Ordinal)) throw Fault("s’inclut lui-même");
        if (stack.Count > MaximumDepth) throw Fault($"est inclus par plus de {MaximumDepth} fichiers l’un dans l’autre");
        if (++files > MaximumFiles) throw new UnusableFileException(line, $"ce chapitre inclut plus de {MaximumFiles} fichiers");

        if (!texts.TryGetValue(path, out var text))
        {
            try
            {
                text = await read(path);
            }
            catch (UnusableFileException fault)
            {
                throw Fault($"ne peut pas être inclus : {fault.Message}");
            }

            if (path.EndsWith(".md", StringComparison.Ordinal) && FrontMatter.Split(text) is { } split) text = split.Markdown;
            texts[path] = text;
        }

        var wanted = Part(text, parts[1..]) ?? throw Fault($"n’a pas la partie « {string.Join(':', parts[1..])} »");
        await ExpandAsync(wanted, line, indent + written[..(written.Length - written.TrimStart().Length)], [.. stack, path], output);

        UnusableFileException Fault(string reason) =>
            new(line, $"le fichier à inclure « {name} » {reason}{(stack.Count > 1 ? $" (demandé par {stack[^1]})" : "")}");
    }

    /// <summary>Nothing above the folder, nothing hidden, no drive and no device.</summary>
    static bool IsPath(string path) =>
        path.Length is > 0 and <= 200 && !path.Any(c => c is '\\' or '\0' || char.IsControl(c))
        && path.Split('/').All(part => part.Length > 0 && part[0] != '.');

    static string? Part(string text, string[] wanted)
    {
        if (wanted.Length == 0) return text;
        var lines = text.TrimEnd('\n').Split('\n');
        if (wanted.Length == 1 && wanted[0].Length > 0 && !char.IsAsciiDigit(wanted[0][0]))
        {
            var start = Array.FindIndex(lines, line => line.Contains($"{Scissors} [start:{wanted[0]}]", StringComparison.Ordinal));
            var end = Array.FindIndex(lines, start + 1, line => line.Contains($"{Scissors} [end:{wanted[0]}]", StringComparison.Ordinal));
            return start < 0 || end < 0 ? null : string.Join('\n', lines[(start + 1)..end]);
        }

        if (wanted.Length > 2 || !TryNumber(wanted[0], 1, out var first) || !TryNumber(wanted.Length == 2 ? wanted[1] : "", lines.Length, out var last)) return null;
        last = Math.Min(last, lines.Length);
        return first < 1 || first > last ? null : string.Join('\n', lines[(first - 1)..last]);
    }

    static bool TryNumber(string text, int otherwise, out int number)
    {
        number = otherwise;
        return text.Length == 0 || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    [GeneratedRegex("""^[ \t]*--8<--[ \t]+(?<quote>["'])(?<name>[^"']+)\k<quote>[ \t]*$""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Directive();

    [GeneratedRegex(@"--8<-- \[(start|end):[^\]]*\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Marker();
}
