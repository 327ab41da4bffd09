using NsiPortal.Domain.Courses;

namespace NsiPortal.Features.Curriculum;

/// <summary>A published chapter, for one of the contents that it covers.</summary>
public sealed record CoveringChapter(string Code, string CourseSlug, string CourseTitle, Level CourseLevel, string Slug, string Title, int ExerciseCount)
{
    public string Address => $"/cours/{CourseSlug}/{Slug}";
}

/// <param name="Asked">The year that the map is narrowed to; null for all.</param>
/// <param name="Years">All of them.</param>
public sealed record MapViewModel(Level? Asked, IReadOnlyList<MapViewModel.Year> Years)
{
    public IEnumerable<Year> Shown => Years.Where(year => Asked is null || year.Level == Asked);

    /// <summary>The one address of the map of a year, or of all.</summary>
    public static string Address(Level? year) => year is null ? "/programme" : $"/programme?niveau={year.Value.Slug()}";

    public sealed record Year(Level Level, IReadOnlyList<Theme> Themes)
    {
        public int Count => Themes.Sum(theme => theme.Contents.Count);

        public int Covered => Themes.Sum(theme => theme.Covered);

        public static Year Of(Level level, ILookup<string, CoveringChapter> chapters) => new(level,
            Programme.Contents.Where(content => content.Level == level).GroupBy(content => content.Theme)
                .Select(theme => new Theme(ThemeId(theme.First().Code), theme.Key, theme.Select(content => new Content(content.Code, content.Title, [.. chapters[content.Code]])).ToList())).ToList());
    }

    /// <param name="Id">For links to it.</param>
    public sealed record Theme(string Id, string Title, IReadOnlyList<Content> Contents)
    {
        public int Covered => Contents.Count(content => content.Chapters.Count > 0);
    }

    public sealed record Content(string Code, string Title, IReadOnlyList<CoveringChapter> Chapters);

    /// <summary>Of the theme that a content belongs to.</summary>
    public static string ThemeId(string code) => $"theme-{Programme.SlugOf(code[..code.LastIndexOf('-')])}";
}

/// <param name="Expectations">What pupils are to be able to do.</param>
/// <param name="Previous">Null at the beginning of the programme.</param>
/// <param name="Next">Null at its end.</param>
public sealed record ContentViewModel(ProgrammeContent Content, IReadOnlyList<string> Expectations, IReadOnlyList<CoveringChapter> Chapters, ProgrammeContent? Previous, ProgrammeContent? Next)
{
    public int ExerciseCount => Chapters.Sum(chapter => chapter.ExerciseCount);

    public static string Address(ProgrammeContent content) => $"/programme/{Programme.SlugOf(content.Code)}";

    public static ContentViewModel Of(ProgrammeContent content, IReadOnlyList<CoveringChapter> chapters)
    {
        var place = Programme.Contents.Index().First(pair => pair.Item == content).Index;
        return new ContentViewModel(content, ProgrammeExpectations.Of(content.Code), chapters,
            place > 0 ? Programme.Contents[place - 1] : null, place + 1 < Programme.Contents.Count ? Programme.Contents[place + 1] : null);
    }
}
