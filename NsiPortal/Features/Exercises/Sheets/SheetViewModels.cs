using NsiPortal.Domain.Exercises;
using NsiPortal.Exchange;
using NsiPortal.Features.Shared;

namespace NsiPortal.Features.Exercises.Sheets;

/// <summary>The chapter whose exercises are written.</summary>
public sealed record SheetChapter(int CourseId, string CourseTitle, string CourseSlug, int Id, string Title, string Slug)
{
    public string Address => $"/prof/cours/{CourseId}/chapitres/{Id}/exercices";
}

public sealed record SheetViewModel(SheetChapter Chapter, IReadOnlyList<SheetRow> Asked, IReadOnlyList<SheetRow> Retired);

/// <param name="Answers">How many were given, to whichever version.</param>
public sealed record SheetRow(int Id, int Number, string Title, ExerciseKind Kind, int Points, bool Required, int Version, int Answers);

/// <param name="Focus">The row that was just added or moved.</param>
/// <param name="Trial">The exercise as pupils get it, and what they would be told; null as long as it is none.</param>
public sealed record ExerciseFormViewModel(SheetChapter Chapter, int? ExerciseId, ExerciseForm Form, string? Focus, AnswerViewModel? Trial)
{
    public string Address => ExerciseId is { } id ? $"{Chapter.Address}/{id}" : $"{Chapter.Address}/nouveau/{Exchange.KindWords.Word(Form.Kind)}";
}

/// <summary>An exercise as text of a sheet.</summary>
/// <param name="Fault">What is wrong with what was sent.</param>
public sealed record ExerciseSourceViewModel(SheetChapter Chapter, int ExerciseId, string Title, string Yaml, int Version, SheetFault? Fault, AnswerViewModel? Trial)
{
    public string Address => $"{Chapter.Address}/{ExerciseId}/source";
}

/// <summary>A field of the form: one line, or several.</summary>
/// <param name="Rows">0 for one line.</param>
public sealed record SheetField(string Name, string Label, string? Value, int Rows = 0, string? Hint = null, bool Code = false, int? MaximumLength = null, bool Focus = false, bool Numeric = false)
{
    public string Id => $"x-{Name.ToLowerInvariant().Replace("[", "-", StringComparison.Ordinal).Replace("].", "-", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace('.', '-')}";
}

/// <summary>The buttons beside a row.</summary>
public sealed record RowTools(string List, int Row, int Count, string Name);

/// <summary>The answers that are right, in a list of that name.</summary>
public sealed record AcceptedList(string Name, IList<AcceptedRow> Rows, string? Focus, bool WithFeedback = false);

/// <summary>An exercise as pupils get it, inside the form of its author.</summary>
public sealed record TrialView(AnswerViewModel Trial, string Address, int CourseId)
{
    public string Shown(string html) => RenderedPreview.Of(html, CourseId);
}
