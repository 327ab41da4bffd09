using NsiPortal.Caching.Invalidation;

namespace NsiPortal.Data;

/// <summary>A key that protects cookies and tokens, as the framework writes it. Table and columns are those of Microsoft's own package.</summary>
[OnNoPage]
public sealed class DataProtectionKey(string friendlyName, string xml)
{
    public int Id { get; private set; }
    public string FriendlyName { get; private set; } = friendlyName;
    public string Xml { get; private set; } = xml;
}
