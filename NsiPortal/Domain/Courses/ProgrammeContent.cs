namespace NsiPortal.Domain.Courses;

/// <summary>One content (« contenu ») of the official NSI programme. Its code, such as <c>T-BDD-4</c>, is what front matter names.</summary>
public sealed class ProgrammeContent
{
    ProgrammeContent() { }

    public ProgrammeContent(string code, Level level, string theme, string title, int position)
    {
        Code = code;
        Level = level;
        Theme = theme;
        Title = title;
        Position = position;
    }

    public string Code { get; private set; } = "";
    public Level Level { get; private set; }
    public string Theme { get; private set; } = "";
    public string Title { get; private set; } = "";
    public int Position { get; private set; }

    public void Correct(ProgrammeContent official) => (Level, Theme, Title, Position) = (official.Level, official.Theme, official.Title, official.Position);
}
