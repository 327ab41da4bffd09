namespace NsiPortal.Features.Shared;

/// <summary>A step of the way from the home page to the present one; the last has no address.</summary>
/// <param name="OfCourse">It is a title that an author gave, in the language of courses.</param>
public sealed record Crumb(string Text, string? Address = null, bool OfCourse = false);
