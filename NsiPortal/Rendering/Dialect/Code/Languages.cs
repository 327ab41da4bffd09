namespace NsiPortal.Rendering.Dialect.Code;

/// <summary>How teachers write the name of a language, how highlight.js writes it, and how readers do.</summary>
static class Languages
{
    static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["py"] = "python",
        ["py3"] = "python",
        ["python3"] = "python",
        ["pycon"] = "python-repl",
        ["sqlite"] = "sql",
        ["js"] = "javascript",
        ["ts"] = "typescript",
        ["htm"] = "html",
        ["sh"] = "bash",
        ["shell"] = "bash",
        ["c++"] = "cpp",
        ["c#"] = "csharp",
        ["cs"] = "csharp",
        ["md"] = "markdown",
        ["yml"] = "yaml",
        ["txt"] = "text",
        ["plaintext"] = "text",
    };

    static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["python"] = "Python",
        ["python-repl"] = "Python",
        ["sql"] = "SQL",
        ["javascript"] = "JavaScript",
        ["typescript"] = "TypeScript",
        ["html"] = "HTML",
        ["css"] = "CSS",
        ["bash"] = "Bash",
        ["cpp"] = "C++",
        ["csharp"] = "C#",
        ["c"] = "C",
        ["java"] = "Java",
        ["json"] = "JSON",
        ["xml"] = "XML",
        ["yaml"] = "YAML",
        ["markdown"] = "Markdown",
        ["text"] = "",
    };

    /// <summary>The canonical name, safe in a class; null when what is written names no language.</summary>
    public static string? Normalize(string written)
    {
        var name = written.ToLowerInvariant();
        name = Aliases.GetValueOrDefault(name) ?? name;
        var isName = name.Length is > 0 and <= 30 && name[0] is >= 'a' and <= 'z'
            && name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_');
        return isName ? name : null;
    }

    /// <summary>« Code Python », or « Code » when the language is unknown or is plain text.</summary>
    public static string Label(string? language) =>
        language is null ? "Code" : $"Code {Names.GetValueOrDefault(language) ?? language}".TrimEnd();
}
