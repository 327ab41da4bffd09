namespace NsiPortal.Features.Shared;

/// <summary>The texts of the interface: French in <c>Texts.resx</c>, English in <c>Texts.en.resx</c>. Views ask for them by key.</summary>
public sealed class Texts;
