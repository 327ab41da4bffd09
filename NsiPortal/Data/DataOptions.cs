using System.ComponentModel.DataAnnotations;

namespace NsiPortal.Data;

/// <summary>Where the portal keeps its files, and how it meets others who use them: section <c>Data</c> of the configuration.</summary>
public sealed class DataOptions
{
    public const string Section = "Data";

    /// <summary>The folder of the SQLite file, from the environment variable <c>PORTAL_DATA</c>. Default: <c>data</c> in the current folder.</summary>
    public string Folder { get; set; } = "data";

    /// <summary>How long, in seconds, a statement waits for another process's write before it fails.</summary>
    [Range(1, 600)]
    public int BusySeconds { get; set; } = 15;

    public string DatabaseFile => Path.Combine(Folder, "portal.db");
}
