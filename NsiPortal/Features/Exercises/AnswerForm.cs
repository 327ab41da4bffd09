using NsiPortal.Domain.Exercises;

namespace NsiPortal.Features.Exercises;

/// <summary>An answer as forms send it: each field under its name behind a prefix, so that none is taken for a field of the portal.</summary>
static class AnswerForm
{
    public const string Prefix = "r.";

    /// <summary>Without the characters that databases refuse; of what is blank, that it is.</summary>
    public static Answer Read(IFormCollection form) => new(form.Where(field => field.Key.StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(field => field.Key[Prefix.Length..], field => (IReadOnlyList<string>)[.. field.Value.Select(value => string.IsNullOrWhiteSpace(value) ? "" : Clean(value)).Distinct()]));

    static string Clean(string text) => text.Replace("\0", "", StringComparison.Ordinal).ReplaceLineEndings("\n");
}
