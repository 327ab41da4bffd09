namespace NsiPortal.Domain.Studies;

/// <summary>What the four kinds of the catalogue have in common.</summary>
public abstract class StudyItem
{
    public const int MaxCodeLength = 20;
    public const int MaxNameLength = 160;
    public const int MaxSummaryLength = 600;
    public const int MaxSiteLength = 200;
    public const int MaxSearchLength = 512;

    public int Id { get; private set; }

    /// <summary>In capitals; unique among the children of the same parent.</summary>
    public string Code { get; private protected set; } = "";

    public string Name { get; private protected set; } = "";

    /// <summary>What a search looks at, and what lists are sorted by: see <see cref="PlainWords"/>; it begins with the name.</summary>
    public string Search { get; private protected set; } = "";

    /// <summary>Counts changes, so that nobody overwrites one that they have not seen.</summary>
    public int Version { get; private set; } = 1;

    /// <summary>Who made the last change by hand; null for an import, or when the account has gone.</summary>
    public int? ChangedById { get; private set; }

    public DateTimeOffset? ChangedAt { get; private set; }

    /// <summary>Notes a change.</summary>
    public void Sign(int? userId, DateTimeOffset now)
    {
        Version++;
        ChangedById = userId;
        // Finer than microseconds, not every database gives back what it was given.
        ChangedAt = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    private protected void Take(StudyFacts facts, params IEnumerable<string?> searched)
    {
        if (facts.Faults().FirstOrDefault() is { } fault) throw new ArgumentException($"{fault.Field}: {fault.Kind}.", nameof(facts));
        (Code, Name) = (facts.Code, facts.Name);
        Search = PlainWords.Of(string.Join(" ", [facts.Name, facts.Code, .. searched]), MaxSearchLength);
    }
}
