namespace NsiPortal.Features.Shared;

/// <summary>A field of a form as <c>_Field</c> draws it: label, hint, what is wrong with it.</summary>
/// <param name="Name">Of the property that it binds.</param>
/// <param name="Autocomplete">As HTML names what browsers may fill in.</param>
public sealed record Field(string Name, string Label, string? Value = null, string Type = "text", string? Autocomplete = null, string? Hint = null, int? MaximumLength = null, bool Focus = false)
{
    public string Id => $"f-{Name.ToLowerInvariant()}";
}
