namespace NsiPortal.Caching.Invalidation;

/// <summary>Marks an entity that no page shows: saving it evicts nothing.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OnNoPageAttribute : Attribute;
