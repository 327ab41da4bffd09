namespace NsiPortal.Features.Shared;

/// <summary>A step of the way from the home page to the present one; the last has no address.</summary>
public sealed record Crumb(string Text, string? Address = null);
