namespace NsiPortal.Domain.Exercises;

/// <summary>Stored as numbers: their order is for ever.</summary>
public enum ExerciseKind
{
    MultipleChoice,
    ShortAnswer,
    Gaps,
    Parsons,
    Matching,
    FreeAnswer,
}
