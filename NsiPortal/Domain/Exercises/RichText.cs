namespace NsiPortal.Domain.Exercises;

/// <summary>A text as its author wrote it, and the safe HTML that was made of it.</summary>
public sealed record RichText(string Markdown, string Html);
