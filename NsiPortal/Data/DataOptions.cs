using System.ComponentModel.DataAnnotations;

namespace NsiPortal.Data;

/// <summary>Where the portal keeps its files, and how it meets others who use them: section <c>Data</c> of the configuration.</summary>
public sealed class DataOptions
{
    public const string Section = "Data";

    /// <summary>The folder of the SQLite file, from the environment variable <c>PORTAL_DATA</c>. Default: <c>data</c> in the current folder.</summary>
    public string Folder { get; set; } = "data";

    /// <summary>How long, in seconds, the portal waits for its database: for a connection and for another process's write, on PostgreSQL for both together.</summary>
    [Range(1, 600)]
    public int BusySeconds { get; set; } = 15;

    /// <summary>How many connections to PostgreSQL this process may hold. All replicas together must stay below the server's own limit (100 by default).</summary>
    [Range(3, 1000)]
    public int MaximumConnections { get; set; } = 20;

    public string DatabaseFile => Path.Combine(Folder, "portal.db");
}
