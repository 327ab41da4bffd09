namespace NsiPortal.Caching.Outbox;

/// <summary>A process that serves pages from a cache of its own. A writer that is not the only one lets the others hear of its change before it answers.</summary>
public sealed class CacheReplica
{
    CacheReplica() { }

    /// <summary>Random; a process has a new one each time it starts.</summary>
    public string Id { get; private set; } = "";

    /// <summary>Milliseconds since 1970 by the database's clock, renewed each minute.</summary>
    public long RenewedAt { get; private set; }

    /// <summary>Where the process reads its tokens: its own memory, or a Redis by run and replication id, database and prefix; empty while it reads none, null for an older build.</summary>
    public string? Store { get; private set; }

    /// <summary>What the process tells of its cache, as JSON; null before it has.</summary>
    public string? Report { get; private set; }
}
