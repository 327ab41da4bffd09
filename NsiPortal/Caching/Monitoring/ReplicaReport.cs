namespace NsiPortal.Caching.Monitoring;

/// <summary>A process that serves pages, as the database knows it.</summary>
/// <param name="Report">What it tells of its cache; null before it has.</param>
/// <param name="Store">Where it reads its tokens; see <see cref="Outbox.CacheReplica.Store"/>.</param>
/// <param name="Renewed">How long ago it renewed its registration, by the database's clock.</param>
/// <param name="State">Whether it may serve from its cache.</param>
public sealed record ReplicaReport(CacheReport? Report, string? Store, TimeSpan Renewed, ReplicaState State);

public enum ReplicaState
{
    /// <summary>This process, which may.</summary>
    Licensed,

    /// <summary>This process, which makes each page anew.</summary>
    Unlicensed,

    /// <summary>Another one, whose licence only itself knows.</summary>
    Registered,

    /// <summary>It has not been heard of for minutes, and may not.</summary>
    Gone,
}
