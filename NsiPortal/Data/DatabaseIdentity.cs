namespace NsiPortal.Data;

/// <summary>The single row that tells this database from every other: its random id is part of each cache key, so that two databases never share a page.</summary>
public sealed class DatabaseIdentity
{
    public int Id { get; private set; }
    public string Value { get; private set; } = "";
}
