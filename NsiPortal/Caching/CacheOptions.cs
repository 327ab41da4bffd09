using System.ComponentModel.DataAnnotations;

namespace NsiPortal.Caching;

/// <summary>Settings of the page cache, section <c>Cache</c> of the configuration. The defaults are those the portal is tested with.</summary>
public sealed class CacheOptions
{
    public const string Section = "Cache";

    /// <summary>Rows of the outbox are kept for two hours: no page may live as long.</summary>
    const string Longest = "01:30:00";

    /// <summary>Courses, chapters, catalogue: an hour, because a change evicts them at once.</summary>
    [Duration("00:00:01", Longest)]
    public TimeSpan Long { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The subjects of the studies catalogue.</summary>
    [Duration("00:00:01", Longest)]
    public TimeSpan HalfHour { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Leaderboards and statistics.</summary>
    [Duration("00:00:01", Longest)]
    public TimeSpan Medium { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>What has no better tier.</summary>
    [Duration("00:00:01", Longest)]
    public TimeSpan Default { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>A pupil's own progress and recent attempts.</summary>
    [Duration("00:00:01", Longest)]
    public TimeSpan Short { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>What every key in Redis begins with, so that portals may share one.</summary>
    [RegularExpression("[A-Za-z0-9_.-]{1,64}")]
    public string RedisPrefix { get; set; } = "nsi_portal";

    /// <summary>
    /// How long a token that was read from Redis may be used again while nothing says that it changed. Zero asks Redis for each page. More saves that
    /// way, and costs the promise so much: Redis tells of changes at once, but nobody waits until everybody has heard. Such answers say <c>detail=leased</c>.
    /// </summary>
    [Duration("00:00:00", "00:00:01")]
    public TimeSpan TokenLease { get; set; }

    /// <summary>Bytes of memory that cached pages may take in this process, their keys included.</summary>
    [Range(0, long.MaxValue)]
    public long MemoryLimit { get; set; } = 64 * 1024 * 1024;

    /// <summary>Bytes of memory for pages whose address is free text; see <see cref="Pages.CachedPageAttribute.FreeText"/>. They crowd out no other.</summary>
    [Range(0, long.MaxValue)]
    public long FreeTextMemoryLimit { get; set; } = 16 * 1024 * 1024;

    /// <summary>A larger page is served but not kept.</summary>
    [Range(1, int.MaxValue)]
    public int MaximumPageSize { get; set; } = 8 * 1024 * 1024;

    public TimeSpan DurationOf(CacheTier tier) => tier switch
    {
        CacheTier.Long => Long,
        CacheTier.HalfHour => HalfHour,
        CacheTier.Medium => Medium,
        CacheTier.Default => Default,
        CacheTier.Short => Short,
    };
}

/// <summary>How long a page may be kept when nothing changes.</summary>
public enum CacheTier
{
    Default,
    Long,
    HalfHour,
    Medium,
    Short,
}
