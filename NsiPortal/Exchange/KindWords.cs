using NsiPortal.Domain.Exercises;

namespace NsiPortal.Exchange;

/// <summary>The kinds of exercises as a sheet names them, which are also words of addresses.</summary>
public static class KindWords
{
    static readonly string[] Words = ["qcm", "reponse-courte", "texte-a-trous", "parsons", "appariement", "reponse-libre"];

    public static string Word(this ExerciseKind kind) => Words[(int)kind];

    public static ExerciseKind? Kind(string? word) => Array.IndexOf(Words, word) is >= 0 and var index ? (ExerciseKind)index : null;
}
