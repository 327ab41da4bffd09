using System.Text;
using NsiPortal.Rendering.Dialect.Macros;

namespace NsiPortal.Rendering.Dialect;

/// <summary>
/// What sites of teachers do to the text before their Markdown is read: macros and comments over several lines, and HTML whose content is
/// Markdown (<c>&lt;div markdown&gt;</c>). Listings stay as they are.
/// </summary>
static class SourcePreparation
{
    static readonly string[] Wanted = ["{{", "{#", "--8<--", " markdown"];

    /// <summary>Elements of Python-Markdown's md_in_html around blocks.</summary>
    static readonly string[] Containers = ["div", "section", "article", "aside", "figure", "details", "center", "blockquote"];

    public static string Prepare(string text) =>
        Array.Exists(Wanted, mark => text.Contains(mark, StringComparison.Ordinal)) ? new Pass(text.ReplaceLineEndings("\n")).Run() : text;

    sealed class Pass(string text)
    {
        readonly StringBuilder output = new(text.Length + 64);

        /// <summary>Characters that may still be read ahead: macros that never end must not make each line read all that follow.</summary>
        long budget = 4L * text.Length + 10_000;
        int position;
        (char Mark, int Length) fence;

        public string Run()
        {
            while (position < text.Length)
            {
                var end = text.IndexOf('\n', position);
                if (end < 0) end = text.Length;
                Line(text.AsSpan(position, end - position), end);
            }

            return output.ToString();
        }

        void Line(ReadOnlySpan<char> line, int end)
        {
            var start = position;
            position = Math.Min(text.Length, end + 1);
            var content = line.TrimStart();
            var indent = line.Length - content.Length;
            if (!Fence(content) && !content.IsEmpty)
            {
                if (content[0] == '{' && Macro(start, indent)) return;
                if (content[0] == '<' && Html(line, content)) return;
                if (Snippet(line[..indent], content)) return;
            }

            output.Append(line).Append('\n');
        }

        /// <summary>Whether the line is of a listing, its borders included.</summary>
        bool Fence(ReadOnlySpan<char> content)
        {
            content = content.TrimStart("> ");
            var mark = content.IsEmpty ? ' ' : content[0];
            var length = mark is '`' or '~' ? content.IndexOfAnyExcept(mark) is >= 0 and var other ? other : content.Length : 0;
            if (fence.Length > 0)
            {
                if (mark == fence.Mark && length >= fence.Length && content[length..].IsWhiteSpace()) fence = default;
                return true;
            }

            if (length < 3 || (mark == '`' && content[length..].Contains('`'))) return false;
            fence = (mark, length);
            return true;
        }

        /// <summary>A macro or comment that begins this line and ends a line.</summary>
        bool Macro(int start, int indent)
        {
            var ahead = text.AsSpan(start + indent);
            if (ahead.Length < 4 || ahead[1] is not ('{' or '#') || budget <= 0) return false;
            var length = MacroScanner.End(ahead);
            budget -= length < 0 ? ahead.Length : length;
            if (length < 0) return false;

            var end = text.IndexOf('\n', start + indent + length);
            if (end < 0) end = text.Length;
            if (!text.AsSpan((start + indent + length)..end).IsWhiteSpace()) return false;

            position = Math.Min(text.Length, end + 1);
            var macro = ahead[..length];
            if (macro[1] == '#') return true;
            if (!Correction.TryRead(macro[2..^2], out var correction))
                output.Append(' ', indent).Append("{{ ").Append(PlainText.Collapse(macro[2..^2].ToString())).Append(" }}\n");
            else
                correction?.WriteTo(output, indent);
            return true;
        }

        /// <summary>A blank line behind the opening tag makes Markdig read what follows as Markdown.</summary>
        bool Html(ReadOnlySpan<char> line, ReadOnlySpan<char> content)
        {
            var close = content.IndexOf('>');
            if (close < 0) return false;
            var tag = content[1..close];
            var nameEnd = tag.IndexOf(' ');
            if (nameEnd < 0 || !tag[nameEnd..].Contains(" markdown", StringComparison.Ordinal) || tag.Contains("markdown=\"0\"", StringComparison.Ordinal)) return false;
            var name = tag[..nameEnd];
            if (!Array.Exists(Containers, name.ToString().Equals)) return false;

            output.Append(line[..(line.Length - content.Length)]).Append(content[..(close + 1)]).Append("\n\n");
            var rest = content[(close + 1)..].Trim();
            if (rest.IsEmpty) return true;
            var closing = $"</{name}>";
            if (rest.EndsWith(closing, StringComparison.Ordinal)) output.Append(rest[..^closing.Length]).Append("\n\n").Append(closing).Append('\n');
            else output.Append(rest).Append(rest.EndsWith("</summary>", StringComparison.Ordinal) ? "\n\n" : "\n");
            return true;
        }

        /// <summary>A file to include, which only the import of a folder has: said, as a macro is.</summary>
        bool Snippet(ReadOnlySpan<char> indent, ReadOnlySpan<char> content)
        {
            const string Scissors = "--8<--";
            if (content.StartsWith(";" + Scissors, StringComparison.Ordinal))
            {
                output.Append(indent).Append(content[1..]).Append('\n');
                return true;
            }

            if (!content.StartsWith(Scissors + " ", StringComparison.Ordinal)) return false;
            var name = content[Scissors.Length..].Trim();
            if (name.Length < 3 || name[0] is not ('"' or '\'') || name[^1] != name[0] || name.Contains("}}", StringComparison.Ordinal)) return false;
            output.Append(indent).Append("{{ ").Append(content.TrimEnd()).Append(" }}\n");
            return true;
        }
    }
}
