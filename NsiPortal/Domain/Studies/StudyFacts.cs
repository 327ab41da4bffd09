namespace NsiPortal.Domain.Studies;

/// <summary>What is told of an item of the catalogue, by a form or by a file, before it is known to be right.</summary>
public abstract record StudyFacts
{
    protected StudyFacts(string? code, string? name) => (Code, Name) = (CodeOf(code), (name ?? "").Trim());

    public string Code { get; }
    public string Name { get; }

    /// <summary>Everything that is wrong with it, field by field.</summary>
    public IEnumerable<StudyFault> Faults()
    {
        if (Code.Length == 0) yield return new(nameof(Code), StudyFaultKind.Missing);
        else if (Code.Length > StudyItem.MaxCodeLength || !char.IsAsciiLetterOrDigit(Code[0]) || !Code.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')) yield return new(nameof(Code), StudyFaultKind.Code);
        foreach (var fault in OfText(nameof(Name), Name, StudyItem.MaxNameLength, required: true).Concat(OwnFaults())) yield return fault;
    }

    /// <summary>As it is stored, whoever typed it.</summary>
    public static string CodeOf(string? typed) => (typed ?? "").Trim().ToUpperInvariant();

    private protected abstract IEnumerable<StudyFault> OwnFaults();

    private protected static IEnumerable<StudyFault> OfText(string field, string text, int maximum, bool required = false)
    {
        if (text.Length == 0)
        {
            if (required) yield return new(field, StudyFaultKind.Missing);
        }
        else if (text.Length > maximum)
        {
            yield return new(field, StudyFaultKind.Long);
        }
        else if (!StorableText.Is(text) || text.Any(c => char.IsControl(c) && c is not ('\n' or '\r')))
        {
            yield return new(field, StudyFaultKind.Unstorable);
        }
    }

    private protected static IEnumerable<StudyFault> OfSite(string field, string site)
    {
        if (site.Length > StudyItem.MaxSiteLength) yield return new(field, StudyFaultKind.Long);
        else if (site.Length > 0 && !(StorableText.Is(site) && Uri.TryCreate(site, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.Host.Length > 0 && !site.Any(char.IsWhiteSpace))) yield return new(field, StudyFaultKind.Site);
    }
}

public sealed record UniversityFacts(string? GivenCode, string? GivenName, string? GivenTown, string? GivenSite) : StudyFacts(GivenCode, GivenName)
{
    public string Town { get; } = (GivenTown ?? "").Trim();
    public string Site { get; } = (GivenSite ?? "").Trim();

    private protected override IEnumerable<StudyFault> OwnFaults() =>
        OfText(nameof(Town), Town, University.MaxTownLength, required: true).Concat(OfSite(nameof(Site), Site));
}

public sealed record FacultyFacts(string? GivenCode, string? GivenName) : StudyFacts(GivenCode, GivenName)
{
    private protected override IEnumerable<StudyFault> OwnFaults() => [];
}

/// <param name="Level">Null when what was typed is none.</param>
/// <param name="Illustrative">Made up as an example; pages say so.</param>
public sealed record ProgrammeFacts(string? GivenCode, string? GivenName, StudyLevel? Level, string? GivenSummary, string? GivenSite, bool Illustrative) : StudyFacts(GivenCode, GivenName)
{
    public string Summary { get; } = (GivenSummary ?? "").Trim();
    public string Site { get; } = (GivenSite ?? "").Trim();

    private protected override IEnumerable<StudyFault> OwnFaults()
    {
        if (Level is null) yield return new(nameof(Level), StudyFaultKind.Level);
        foreach (var fault in OfText(nameof(Summary), Summary, StudyItem.MaxSummaryLength).Concat(OfSite(nameof(Site), Site))) yield return fault;
    }
}

/// <param name="Semester">Null when what was typed is none.</param>
/// <param name="Ects">Null when what was typed is none.</param>
public sealed record SubjectFacts(string? GivenCode, string? GivenName, int? Semester, double? Ects, string? GivenSummary) : StudyFacts(GivenCode, GivenName)
{
    public string Summary { get; } = (GivenSummary ?? "").Trim();

    private protected override IEnumerable<StudyFault> OwnFaults()
    {
        if (Semester is not (>= 1 and <= Subject.MaxSemester)) yield return new(nameof(Semester), StudyFaultKind.Semester);
        // Halves, which databases and files keep exactly.
        if (Ects is not (>= 0 and <= Subject.MaxEcts) || Ects * 2 % 1 != 0) yield return new(nameof(Ects), StudyFaultKind.Ects);
        foreach (var fault in OfText(nameof(Summary), Summary, StudyItem.MaxSummaryLength)) yield return fault;
    }
}

/// <param name="Field">The name of a property of the facts.</param>
/// <param name="Kind">What is wrong with it.</param>
public sealed record StudyFault(string Field, StudyFaultKind Kind);

public enum StudyFaultKind
{
    Missing,
    Long,
    Unstorable,
    Code,
    Site,
    Level,
    Semester,
    Ects,
}
