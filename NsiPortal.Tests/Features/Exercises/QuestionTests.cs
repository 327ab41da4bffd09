using NsiPortal.Domain.Exercises;

namespace NsiPortal.Features.Exercises;

public sealed class QuestionTests
{
    [Theory]
    [InlineData("x = [[1]] + [[2]]", "x = ", " + ", "")]
    [InlineData("t[[[1]]] = [[0, 0], [[[2]], 0]]", "t[", "] = [[0, 0], [", ", 0]]")]
    [InlineData("[[1]][[2]]", "", "", "")]
    public void Brackets_of_code_stay_around_the_holes(string text, params string[] parts)
    {
        Gap gap = new([new Accepted("1")], [], null);
        var question = GapsQuestion.Of(new Gaps(text, "python", [gap, gap]) { Statement = new RichText("", ""), Hints = [], Correction = null });
        Assert.Equal(parts, question.Parts);
        Assert.Equal([1, 2], question.Fields.Select(field => field.Number));
    }
}
