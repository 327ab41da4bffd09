using System.ComponentModel.DataAnnotations;

namespace NsiPortal.Caching;

/// <summary>Settings of the page cache, section <c>Cache</c> of the configuration. The defaults are those the portal is tested with.</summary>
public sealed class CacheOptions
{
    public const string Section = "Cache";

    /// <summary>Courses, chapters, catalogue: an hour, because a change evicts them at once.</summary>
    public TimeSpan Long { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The subjects of the studies catalogue.</summary>
    public TimeSpan HalfHour { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Leaderboards and statistics.</summary>
    public TimeSpan Medium { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>What has no better tier.</summary>
    public TimeSpan Default { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>A pupil's own progress and recent attempts.</summary>
    public TimeSpan Short { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Bytes of memory that cached pages may take in this process, their keys included.</summary>
    [Range(0, long.MaxValue)]
    public long MemoryLimit { get; set; } = 64 * 1024 * 1024;

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
