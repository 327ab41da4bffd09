using System.Globalization;
using System.Text;

namespace NsiPortal.Exchange;

/// <summary>Writes a header so that <see cref="Header"/> reads the same values, and that a person reads it too. What is empty is not written.</summary>
sealed class HeaderWriter
{
    readonly StringBuilder yaml = new();

    public HeaderWriter Text(string key, string? text) => text is null ? this : Line(key, Quote(text));

    public HeaderWriter Word(string key, string word) => Line(key, Plain(word));

    public HeaderWriter Flag(string key, bool flag) => flag ? Line(key, "true") : this;

    public HeaderWriter Number(string key, int? number) => number is { } value ? Line(key, value.ToString(CultureInfo.InvariantCulture)) : this;

    public HeaderWriter List(string key, IReadOnlyCollection<string> words) => words.Count == 0 ? this : Line(key, $"[{string.Join(", ", words.Select(Plain))}]");

    public override string ToString() => yaml.ToString();

    HeaderWriter Line(string key, string value)
    {
        yaml.Append(key).Append(": ").Append(value).Append('\n');
        return this;
    }

    // Nothing that some program would take for a number, a date, a flag or nothing at all.
    internal static string Plain(string word) =>
        word.Length > 0 && char.IsAsciiLetter(word[0]) && word.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && !NoText.Contains(word) ? word : Quote(word);

    static readonly HashSet<string> NoText = new(StringComparer.OrdinalIgnoreCase) { "null", "true", "false", "yes", "no", "on", "off", "y", "n" };

    // Always quoted: a title may look like a number, a comment or a list.
    internal static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else if (c == '\n') quoted.Append("\\n");
            else if (char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' or >= '\uFFFE') quoted.Append($"\\u{(int)c:X4}");
            else quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }
}
