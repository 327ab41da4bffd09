using NsiPortal.Domain;
using NsiPortal.Domain.Exercises;

namespace NsiPortal.Grading;

/// <summary>An answer read as the form of its exercise, which is the only one that may have made it.</summary>
static class AnswerForm
{
    /// <exception cref="UnusableAnswerException">It has another field, or holds what no browser sends.</exception>
    public static void Expect(this Answer answer, params IReadOnlyCollection<string> fields)
    {
        foreach (var (field, values) in answer.Fields)
        {
            if (!fields.Contains(field)) throw new UnusableAnswerException("La réponse a un champ que cet exercice n’a pas.");
            // JSON of somebody's making may say null where there is a list or a text.
            if (values is null || values.Any(value => value is null || !StorableText.Is(value))) throw new UnusableAnswerException("La réponse contient un texte illisible.");
        }
    }

    /// <summary>The value of a field that has one at most; empty without.</summary>
    /// <exception cref="UnusableAnswerException">It has several.</exception>
    public static string Single(this Answer answer, string field) =>
        answer.Values(field).Count <= 1 ? answer.Text(field) : throw new UnusableAnswerException("La réponse a deux valeurs pour un même champ.");
}
