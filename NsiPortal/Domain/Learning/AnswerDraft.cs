namespace NsiPortal.Domain.Learning;

/// <summary>What a pupil has entered and not submitted yet.</summary>
public sealed class AnswerDraft
{
    AnswerDraft() { }

    public AnswerDraft(int userId, int exerciseId) => (UserId, ExerciseId) = (userId, exerciseId);

    public int UserId { get; private set; }
    public int ExerciseId { get; private set; }

    /// <summary>JSON; see <see cref="Exercises.Answer"/>.</summary>
    public string Answer { get; private set; } = "{}";

    public DateTimeOffset SavedAt { get; private set; }

    public void Save(string answer, DateTimeOffset at) => (Answer, SavedAt) = (answer, at);
}
