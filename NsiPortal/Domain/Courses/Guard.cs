namespace NsiPortal.Domain.Courses;

/// <summary>Last line of defence of the domain: forms and importers have already explained the same rules to the user.</summary>
static class Guard
{
    public static string Slug(string slug) =>
        Courses.Slug.IsValid(slug) ? slug : throw new ArgumentException($"'{slug}' is not a valid slug.", nameof(slug));

    public static string Text(string text, int maxLength) =>
        string.IsNullOrWhiteSpace(text) ? throw new ArgumentException("A text is missing.", nameof(text)) : OptionalText(text, maxLength);

    public static string OptionalText(string text, int maxLength) =>
        text.Trim() is var trimmed && trimmed.Length <= maxLength
            ? trimmed
            : throw new ArgumentException($"A text is longer than {maxLength} characters.", nameof(text));
}
