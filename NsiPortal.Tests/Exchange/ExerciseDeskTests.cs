using NsiPortal.Domain.Exercises;
using NsiPortal.Features.Exercises.Sheets;
using NsiPortal.Rendering;

namespace NsiPortal.Exchange;

/// <summary>What a form says becomes a sheet that reads as the same exercise.</summary>
public sealed class ExerciseDeskTests
{
    static readonly ExerciseDesk Desk = new(new MarkdownRenderer());

    static IEnumerable<IReadOnlyList<ExerciseSource>> Sheets => Directory.EnumerateFiles(Content.DemoCourse.Root, "*.exercices.yml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(file => ExerciseSheet.Read(File.ReadAllText(file), text => new RichText(text, new MarkdownRenderer().Render(text).Html), []));

    // All kinds are there, with nearly all that they can have.
    [Fact]
    public void Each_exercise_of_the_demo_goes_through_its_form_and_stays_itself()
    {
        var kinds = new HashSet<ExerciseKind>();
        foreach (var source in Sheets.SelectMany(sheet => sheet))
        {
            var exercise = Of(source);
            kinds.Add(exercise.Kind);
            var sheet = ExerciseForm.Of(exercise).ToSheet();
            var again = Desk.Read(sheet.ToString(), out var fault);
            Assert.True(again is not null, $"{source.Key}: {fault}\n{sheet}");
            // Of the blanks at the end of a text nothing is kept, and a page shows none.
            Assert.Equal(Written(exercise), Written(Of(again)));
            Assert.Equal(sheet.ToString(), ExerciseForm.Of(Of(again)).ToSheet().ToString());
        }

        Assert.Equal(6, kinds.Count);
    }

    static string Written(Exercise exercise) =>
        System.Text.Json.JsonSerializer.Serialize(new { exercise.Key, exercise.Title, exercise.Points, exercise.Required, exercise.MaximumTries, exercise.Content }).Replace("\\n\"", "\"", StringComparison.Ordinal);

    static Exercise Of(ExerciseSource source)
    {
        var exercise = new Exercise(null!, source.Key);
        exercise.Write(1, source.Title, source.Points, source.Required, source.MaximumTries, source.Yaml, source.Content);
        return exercise;
    }

    [Theory]
    [InlineData("")]
    [InlineData("# titre\n- liste\n  - dedans")]
    [InlineData("  retrait au début\nfin")]
    [InlineData("tabulation\tdedans\n\tet devant")]
    [InlineData("« guillemets » \"droits\" 'simples' \\ & * ! % @ `code` [[1]] {a: b}")]
    [InlineData("---\n...\n- id: autre")]
    [InlineData("fin avec des blancs   \n\n\ndeux lignes vides")]
    [InlineData("null")]
    [InlineData("é😀\u2028séparée\u0085encore")]
    [InlineData("key: value # comment")]
    public void Any_text_comes_back_as_it_was_typed(string text)
    {
        var form = ExerciseForm.New(ExerciseKind.FreeAnswer);
        (form.Key, form.Title, form.Statement, form.Correction, form.Criteria) = ("cle", "Titre", $"Énoncé\n{text}", text, text);
        var source = Desk.Read(form.ToSheet().ToString(), out var fault);
        Assert.True(source is not null, $"{fault}\n{form.ToSheet()}");
        var expected = text.ReplaceLineEndings("\n").TrimEnd('\n', ' ');
        Assert.Equal(expected, source.Content.Correction?.Markdown.TrimEnd('\n') ?? "");
        Assert.Equal($"Énoncé\n{expected}".TrimEnd('\n'), source.Content.Statement.Markdown.TrimEnd('\n'));
    }

    [Theory]
    [InlineData(nameof(ExerciseForm.Title))]
    [InlineData(nameof(ExerciseForm.Statement))]
    [InlineData(nameof(ExerciseForm.Points))]
    [InlineData(nameof(ExerciseForm.Tries))]
    [InlineData("Choices")]
    [InlineData("Choices[3].Text")]
    public void What_is_wrong_is_told_of_its_field(string field)
    {
        var form = ExerciseForm.New(ExerciseKind.MultipleChoice);
        (form.Key, form.Title, form.Statement) = ("cle", "Titre", "Lequel ?\n\nPlusieurs lignes\nd’énoncé.");
        form.Choices[0] = new() { Text = "oui", Right = true };
        // A row that is blank is none, and moves no other one.
        form.Choices[2] = new() { Text = "non", Feedback = "Pas du tout,\nsur deux lignes." };
        switch (field)
        {
            case "Title": form.Title = " "; break;
            case "Statement": form.Statement = null; break;
            case "Points": form.Points = "beaucoup"; break;
            case "Tries": form.Tries = "21"; break;
            case "Choices": form.Choices[0].Right = false; break;
            default: form.Choices[3].Feedback = "un retour sans choix"; break;
        }

        var sheet = form.ToSheet();
        Assert.Null(Desk.Read(sheet.ToString(), out var fault));
        Assert.Equal(field, sheet.FieldAt(fault!.Line));
    }

    [Fact]
    public void Rows_are_added_removed_and_moved()
    {
        var form = ExerciseForm.New(ExerciseKind.Gaps);
        Assert.Equal("Gaps[1]", form.Do("ajouter Gaps"));
        Assert.Equal("Gaps[1].Accepted[1]", form.Do("ajouter Gaps[1].Accepted"));
        form.Gaps[1].Feedback = "le deuxième";
        Assert.Equal("Gaps[0]", form.Do("monter Gaps 1"));
        Assert.Equal("le deuxième", form.Gaps[0].Feedback);
        Assert.Equal("Gaps[1]", form.Do("descendre Gaps 0"));
        Assert.Equal("Gaps[0]", form.Do("retirer Gaps 1"));
        Assert.Single(form.Gaps);
        foreach (var command in new[] { "monter Gaps 0", "retirer Gaps 9", "retirer Gaps -1", "descendre Gaps 0", "sauter Gaps 0" }) Assert.Equal("", form.Do(command));
        foreach (var command in new[] { null, "", "enregistrer", "ajouter Secrets", "ajouter Gaps[7].Accepted", "retirer" }) Assert.Null(form.Do(command));
        for (var i = 0; i < 100; i++) form.Do("ajouter Hints");
        Assert.Equal(40, form.Hints.Count);
    }
}
