using System.Text;

namespace NsiPortal.Exchange;

/// <summary>
/// Writes one exercise of a sheet as a person would, and remembers which field each line came from: what <see cref="ExerciseReader"/> has to say of a line
/// is said of the field.
/// </summary>
public sealed class SheetWriter
{
    readonly StringBuilder yaml = new("-");
    readonly List<string> fields = [];
    int depth = 1;
    bool fresh = true;

    public override string ToString() => yaml.ToString();

    /// <param name="line">From 1.</param>
    /// <returns>The field of a form; null when the line came from none.</returns>
    public string? FieldAt(int line) => line >= 1 && line <= fields.Count && fields[line - 1].Length > 0 ? fields[line - 1] : null;

    /// <summary>A word or a number: what is neither is quoted, so that the reader may say so.</summary>
    public SheetWriter Word(string key, string? word, string field) => string.IsNullOrWhiteSpace(word) ? this : Line($"{key}: {Plain(word.Trim())}", field);

    public SheetWriter Flag(string key, bool flag, string field) => Line($"{key}: {(flag ? "true" : "false")}", field);

    /// <summary>Nothing when there is nothing to say.</summary>
    public SheetWriter Text(string key, string? text, string field) => string.IsNullOrWhiteSpace(text) ? this : Required(key, text, field);

    /// <summary>The key alone when the text is missing, which the reader then says of it.</summary>
    public SheetWriter Required(string key, string? text, string field) => Value($"{key}:", text, field);

    /// <summary>What follows belongs to the key, until the list ends.</summary>
    public SheetWriter Begin(string key, string field)
    {
        Line($"{key}:", field);
        depth++;
        return this;
    }

    public SheetWriter End()
    {
        depth--;
        return this;
    }

    /// <summary>An item that is a text.</summary>
    public SheetWriter Item(string? text, string field) => Value("-", text, field);

    /// <summary>An item that has keys, the first of which stands behind its dash.</summary>
    public SheetWriter Item(Action<SheetWriter> keys)
    {
        Indent().Append('-');
        (fresh, depth) = (true, depth + 1);
        keys(this);
        depth--;
        return this;
    }

    SheetWriter Value(string begin, string? text, string field)
    {
        text = text?.ReplaceLineEndings("\n").TrimEnd('\n', ' ') ?? "";
        if (text.Length == 0) return Line(begin, field);
        if (!text.Contains('\n', StringComparison.Ordinal) || text[0] is ' ' or '\n' || text.Any(c => char.IsControl(c) && c != '\n') || text.Any(c => c is '\uFEFF' or >= '\uFFFE'))
            return Line($"{begin} {HeaderWriter.Quote(text)}", field);
        Line($"{begin} |", field);
        foreach (var line in text.Split('\n'))
        {
            if (line.Length > 0) yaml.Append(' ', 2 * depth + 2).Append(line);
            End(field);
        }

        return this;
    }

    SheetWriter Line(string text, string field)
    {
        (fresh ? yaml.Append(' ') : Indent()).Append(text);
        fresh = false;
        End(field);
        return this;
    }

    StringBuilder Indent() => yaml.Append(' ', 2 * depth);

    void End(string field)
    {
        yaml.Append('\n');
        fields.Add(field);
    }

    static string Plain(string word) => word.All(char.IsAsciiDigit) ? word : HeaderWriter.Plain(word);
}
