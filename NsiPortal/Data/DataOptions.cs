namespace NsiPortal.Data;

/// <summary>Where the portal keeps its files.</summary>
public sealed class DataOptions
{
    /// <summary>The folder of the SQLite file, from the environment variable <c>PORTAL_DATA</c>. Default: <c>data</c> in the current folder.</summary>
    public string Folder { get; set; } = "data";

    public string DatabaseFile => Path.Combine(Folder, "portal.db");
}
