using Markdig.Syntax.Inlines;

namespace NsiPortal.Rendering.Dialect.Code;

/// <summary>The language and the text of <c>`#!py print()`</c> (or <c>`:::py print()`</c>); most inline code has no language.</summary>
readonly record struct InlineCode(string? Language, string Text)
{
    public static InlineCode Of(CodeInline code)
    {
        var content = code.Content;
        var prefix = content.StartsWith("#!", StringComparison.Ordinal) ? 2 : content.StartsWith(":::", StringComparison.Ordinal) ? 3 : 0;
        var space = prefix == 0 ? -1 : content.IndexOf(' ', StringComparison.Ordinal);
        // « #!/bin/sh » is not a language but a first line.
        return space > 0 && Languages.Normalize(content[prefix..space]) is { } language
            ? new InlineCode(language, content[(space + 1)..])
            : new InlineCode(null, content);
    }
}
