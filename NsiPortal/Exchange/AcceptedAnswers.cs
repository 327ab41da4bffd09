using NsiPortal.Domain.Exercises;

namespace NsiPortal.Exchange;

/// <summary>Answers as a sheet writes them: a text, or keys with a text, a number or a pattern.</summary>
static class AcceptedAnswers
{
    public static readonly IReadOnlyList<string> Keys = ["texte", "exact", "nombre", "tolerance", "motif"];

    /// <summary>Those of the list under a key.</summary>
    public static IReadOnlyList<Accepted> Of(SheetEntry entry, string list) => [.. entry.List(list, 1, 20).Select(item =>
    {
        if (item is not SheetEntry answer) return new Accepted(Text: SheetEntry.LineOf(item, list, SheetEntry.MaximumLineLength).Trim());
        answer.Expect(Keys);
        return Of(answer);
    })];

    public static Accepted Of(SheetEntry answer)
    {
        var text = answer.LineText("texte", SheetEntry.MaximumLineLength);
        var (number, pattern) = (answer.Real("nombre"), answer.Text("motif", AnswerPattern.MaximumLength));
        if ((text is null ? 0 : 1) + (number is null ? 0 : 1) + (pattern is null ? 0 : 1) != 1)
            throw answer.Fault("OneAnswer");
        if (text is null && answer.Has("exact")) throw answer.FaultOf("exact", "GoesWith", "texte");
        if (number is null && answer.Has("tolerance")) throw answer.FaultOf("tolerance", "GoesWith", "nombre");
        var tolerance = answer.Real("tolerance") ?? 0;
        if (tolerance < 0) throw answer.FaultAt("tolerance", "NegativeTolerance");
        if (pattern is not null) Check(answer, pattern);
        return new Accepted(text, answer.Flag("exact", otherwise: false), number, tolerance, pattern);
    }

    static void Check(SheetEntry answer, string pattern)
    {
        try
        {
            _ = AnswerPattern.Compile(pattern);
        }
        catch (ArgumentException)
        {
            throw answer.FaultAt("motif", "Pattern", pattern);
        }
        catch (NotSupportedException)
        {
            throw answer.FaultAt("motif", "PatternLimits", pattern);
        }
    }
}
