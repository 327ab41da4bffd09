namespace NsiPortal.Caching.Monitoring;

/// <summary>What one serving process tells of its cache: counts since its start, and the pages that it stored last.</summary>
/// <remarks>No member is required: builds that serve side by side read each other's.</remarks>
public sealed record CacheReport
{
    public string Host { get; init; } = "";
    public int ProcessId { get; init; }
    public DateTimeOffset Since { get; init; }

    /// <summary>Answers from the cache.</summary>
    public long Hits { get; init; }

    /// <summary>Pages that were made and kept.</summary>
    public long Stored { get; init; }

    /// <summary>Answers that waited for a page that another request was making.</summary>
    public long Collapsed { get; init; }

    /// <summary>Pages that were made and must not be kept, such as errors.</summary>
    public long Uncacheable { get; init; }

    /// <summary>Pages that are everybody's, and pages of one user.</summary>
    public KindOfPages Shared { get; init; } = new(0, 0);

    public KindOfPages Personal { get; init; } = new(0, 0);

    /// <summary>Answers made past the cache, by the <c>detail</c> of their <c>Cache-Status</c>.</summary>
    public IReadOnlyDictionary<string, long> Bypasses { get; init; } = new Dictionary<string, long>();

    /// <summary>What is in memory now, pages that nobody can reach any more included.</summary>
    public long Entries { get; init; }

    public long Bytes { get; init; }

    /// <summary>Changes that were made here, and changes of others that were heard.</summary>
    public long Made { get; init; }

    public long Received { get; init; }

    public IReadOnlyList<KeptPage> Pages { get; init; } = [];
}

/// <param name="Answers">All of that kind.</param>
/// <param name="Hits">Those that were not made for their reader alone.</param>
public sealed record KindOfPages(long Answers, long Hits);

/// <summary>A page that a reader can be given from memory. Of a personal page nothing tells whose it is.</summary>
/// <param name="Address">Path and query; of a personal page the path alone.</param>
/// <param name="Language">The language of its texts.</param>
/// <param name="Coding">How its bytes are encoded.</param>
/// <param name="Bytes">How many they are.</param>
/// <param name="ExpiresAt">When it ends if nothing changes.</param>
/// <param name="Tags">What it depends on.</param>
public sealed record KeptPage(string Address, string Language, string Coding, int Bytes, DateTimeOffset ExpiresAt, IReadOnlyList<string> Tags);
