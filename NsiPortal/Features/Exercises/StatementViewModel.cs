using System.Linq.Expressions;
using NsiPortal.Domain.Exercises;

namespace NsiPortal.Features.Exercises;

/// <param name="Content">It holds the answers: the view shows its statement and nothing else of it.</param>
/// <param name="Count">How many exercises the chapter has.</param>
public sealed record StatementViewModel(
    string CourseSlug, string CourseTitle, string ChapterSlug, string ChapterTitle, int Number, string Title, ExerciseKind Kind, int Points, bool Required, int? MaximumTries,
    ExerciseContent Content, int Count)
{
    public string Html => Content.Statement.Html;

    public string ChapterAddress => $"/cours/{CourseSlug}/{ChapterSlug}";

    public string Address => $"{ChapterAddress}/exercices/{Number}";

    public static Expression<Func<Exercise, StatementViewModel>> Projection { get; } = exercise => new StatementViewModel(
        exercise.Chapter.Course.Slug, exercise.Chapter.Course.Title, exercise.Chapter.Slug, exercise.Chapter.Title, exercise.Number, exercise.Title, exercise.Kind, exercise.Points,
        exercise.Required, exercise.MaximumTries, exercise.Content, exercise.Chapter.Exercises.Count(e => e.Number > 0));
}
