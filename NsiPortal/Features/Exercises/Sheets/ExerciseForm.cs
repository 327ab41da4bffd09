using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using NsiPortal.Domain.Exercises;
using NsiPortal.Exchange;

namespace NsiPortal.Features.Exercises.Sheets;

/// <summary>
/// An exercise as its author fills it in. It knows no rule: it becomes the text of a sheet, whose reader has all of them. Rows that are wholly blank are
/// nothing.
/// </summary>
public sealed partial class ExerciseForm
{
    public ExerciseKind Kind { get; set; }
    public string? Key { get; set; }
    public int Version { get; set; }

    public string? Title { get; set; }
    public string? Points { get; set; }
    public bool Required { get; set; }
    public string? Tries { get; set; }
    public string? Statement { get; set; }
    public IList<string?> Hints { get; set; } = [];
    public string? Correction { get; set; }

    public IList<ChoiceRow> Choices { get; set; } = [];
    public bool Several { get; set; }
    public bool Shuffled { get; set; }
    public string? Scoring { get; set; }

    public IList<AcceptedRow> Accepted { get; set; } = [];
    public IList<AcceptedRow> Foreseen { get; set; } = [];
    public string? Unit { get; set; }

    public string? Text { get; set; }
    public string? Language { get; set; }
    public IList<GapRow> Gaps { get; set; } = [];

    public bool Indented { get; set; }
    public string? Lines { get; set; }
    public IList<DistractorRow> Distractors { get; set; } = [];

    public IList<PairRow> Pairs { get; set; } = [];
    public string? Intruders { get; set; }

    public string? MaximumLength { get; set; }
    public string? Criteria { get; set; }

    /// <summary>An empty form, with as many rows as such exercises mostly have.</summary>
    public static ExerciseForm New(ExerciseKind kind) => new()
    {
        Kind = kind, Points = "1", Required = true, Shuffled = true, Hints = [null],
        Choices = [.. Enumerable.Range(0, 4).Select(_ => new ChoiceRow())],
        Accepted = [new()],
        Gaps = [new() { Accepted = [new()] }],
        Pairs = [.. Enumerable.Range(0, 3).Select(_ => new PairRow())],
        Distractors = [new()],
        Language = kind == ExerciseKind.Parsons ? "python" : null,
    };

    public static ExerciseForm Of(Exercise exercise)
    {
        var form = new ExerciseForm
        {
            Kind = exercise.Kind, Key = exercise.Key, Version = exercise.Version, Title = exercise.Title, Points = Number(exercise.Points), Required = exercise.Required, Tries = Number(exercise.MaximumTries),
            Statement = Source(exercise.Content.Statement), Hints = [.. exercise.Content.Hints.Select(Source)], Correction = Source(exercise.Content.Correction),
        };
        switch (exercise.Content)
        {
            case MultipleChoice choice:
                (form.Several, form.Shuffled, form.Scoring) = (choice.Several, choice.Shuffled, Scorings[(int)choice.Scoring]);
                form.Choices = [.. choice.Choices.Select(c => new ChoiceRow { Text = Source(c.Text), Right = c.Right, Feedback = Source(c.Feedback) })];
                break;
            case ShortAnswer answer:
                form.Accepted = [.. answer.Accepted.Select(AcceptedRow.Of)];
                form.Foreseen = [.. answer.Foreseen.Select(f => AcceptedRow.Of(f.Answer).With(Source(f.Feedback)))];
                form.Unit = answer.Unit;
                break;
            case Gaps gaps:
                (form.Text, form.Language) = (gaps.Text, gaps.Language);
                form.Gaps = [.. gaps.Items.Select(gap => new GapRow { Accepted = [.. gap.Accepted.Select(AcceptedRow.Of)], Options = string.Join('\n', gap.Options), Feedback = Source(gap.Feedback) })];
                break;
            case Parsons parsons:
                (form.Language, form.Indented) = (parsons.Language, parsons.Indented);
                form.Lines = string.Join('\n', parsons.Lines.Select(line => new string(' ', 4 * line.Indent) + line.Text));
                form.Distractors = [.. parsons.Distractors.Select(d => new DistractorRow { Text = d.Text, Feedback = Source(d.Feedback) })];
                break;
            case Matching matching:
                form.Pairs = [.. matching.Pairs.Select(pair => new PairRow { Left = Source(pair.Left), Right = pair.Right.Text, Feedback = Source(pair.Feedback) })];
                form.Intruders = string.Join('\n', matching.Intruders.Select(intruder => intruder.Text));
                break;
            case FreeAnswer free:
                (form.MaximumLength, form.Criteria) = (Number(free.MaximumLength), Source(free.Criteria));
                break;
            default:
                throw new InvalidOperationException($"{exercise.Content.GetType().Name} has no form.");
        }

        return form;
    }

    /// <summary>As text of a sheet, line by line with the names of these fields.</summary>
    public SheetWriter ToSheet()
    {
        var sheet = new SheetWriter().Required("id", Key, nameof(Title)).Required("titre", Title, nameof(Title)).Word("type", Kind.Word(), "");
        if (Kind == ExerciseKind.MultipleChoice)
        {
            if (Several) sheet.Flag("plusieurs", true, nameof(Several));
            if (!Shuffled) sheet.Flag("melange", false, nameof(Shuffled));
            if (Scoring != Scorings[0]) sheet.Word("bareme", Scoring, nameof(Scoring));
        }

        if (Kind is ExerciseKind.Gaps or ExerciseKind.Parsons) sheet.Word("langage", Language, nameof(Language));
        if (Kind == ExerciseKind.Parsons && Indented) sheet.Flag("retraits", true, nameof(Indented));
        sheet.Word("points", Points, nameof(Points));
        if (!Required) sheet.Flag("obligatoire", false, nameof(Required));
        sheet.Word("essais", Tries, nameof(Tries)).Required("enonce", Statement, nameof(Statement));
        Asked(sheet);
        if (Hints.Any(hint => !string.IsNullOrWhiteSpace(hint)))
        {
            sheet.Begin("indices", nameof(Hints));
            foreach (var (hint, i) in Hints.Select((hint, i) => (hint, i)).Where(row => !string.IsNullOrWhiteSpace(row.hint))) sheet.Item(hint, $"{nameof(Hints)}[{i}]");
            sheet.End();
        }

        return sheet.Text("correction", Correction, nameof(Correction));
    }

    void Asked(SheetWriter sheet)
    {
        switch (Kind)
        {
            case ExerciseKind.MultipleChoice:
                Rows(sheet, "choix", nameof(Choices), Choices, row => row.IsBlank, (row, name) => keys =>
                {
                    keys.Required("texte", row.Text, $"{name}.{nameof(row.Text)}");
                    if (row.Right) keys.Flag("juste", true, $"{name}.{nameof(row.Right)}");
                    keys.Text("retour", row.Feedback, $"{name}.{nameof(row.Feedback)}");
                });
                break;
            case ExerciseKind.ShortAnswer:
                Rows(sheet, "reponses", nameof(Accepted), Accepted, row => row.IsBlank, (row, name) => row.Keys(name));
                if (Foreseen.Any(row => !row.IsBlank))
                    Rows(sheet, "retours", nameof(Foreseen), Foreseen, row => row.IsBlank, (row, name) => keys => { row.Keys(name)(keys); keys.Required("retour", row.Feedback, $"{name}.{nameof(row.Feedback)}"); });
                sheet.Text("unite", Unit, nameof(Unit));
                break;
            case ExerciseKind.Gaps:
                sheet.Required("texte", Text, nameof(Text));
                Rows(sheet, "trous", nameof(Gaps), Gaps, row => row.IsBlank, (row, name) => keys =>
                {
                    Rows(keys, "reponses", $"{name}.{nameof(row.Accepted)}", row.Accepted, answer => answer.IsBlank, (answer, of) => answer.Keys(of));
                    OfLines(keys, "options", row.Options, $"{name}.{nameof(row.Options)}");
                    keys.Text("retour", row.Feedback, $"{name}.{nameof(row.Feedback)}");
                });
                break;
            case ExerciseKind.Parsons:
                OfLines(sheet, "lignes", Lines, nameof(Lines), needed: true);
                if (Distractors.Any(row => !row.IsBlank))
                    Rows(sheet, "pieges", nameof(Distractors), Distractors, row => row.IsBlank, (row, name) => keys => keys.Required("texte", row.Text, $"{name}.{nameof(row.Text)}").Text("retour", row.Feedback, $"{name}.{nameof(row.Feedback)}"));
                break;
            case ExerciseKind.Matching:
                Rows(sheet, "paires", nameof(Pairs), Pairs, row => row.IsBlank, (row, name) => keys =>
                    keys.Required("gauche", row.Left, $"{name}.{nameof(row.Left)}").Required("droite", row.Right, $"{name}.{nameof(row.Right)}").Text("retour", row.Feedback, $"{name}.{nameof(row.Feedback)}"));
                OfLines(sheet, "intrus", Intruders, nameof(Intruders));
                break;
            default:
                sheet.Word("longueur", MaximumLength, nameof(MaximumLength)).Text("criteres", Criteria, nameof(Criteria));
                break;
        }
    }

    static void Rows<T>(SheetWriter sheet, string key, string name, IList<T> rows, Func<T, bool> isBlank, Func<T, string, Action<SheetWriter>> keys)
    {
        sheet.Begin(key, name);
        for (var i = 0; i < rows.Count; i++)
            if (!isBlank(rows[i])) sheet.Item(keys(rows[i], $"{name}[{i}]"));
        sheet.End();
    }

    /// <summary>One item for each line that was typed.</summary>
    static void OfLines(SheetWriter sheet, string key, string? text, string name, bool needed = false)
    {
        var lines = (text ?? "").ReplaceLineEndings("\n").Split('\n').Where(line => !string.IsNullOrWhiteSpace(line)).ToList();
        if (lines.Count == 0 && !needed) return;
        sheet.Begin(key, name);
        foreach (var line in lines) sheet.Item(line.TrimEnd(), name);
        sheet.End();
    }

    /// <summary>Does what a button beside the rows says: <c>ajouter Choices</c>, <c>retirer Gaps[0].Accepted 1</c>, <c>monter</c>, <c>descendre</c>.</summary>
    /// <returns>The row to go on with; null when it says nothing of rows.</returns>
    public string? Do(string? command)
    {
        if (command?.Split(' ') is not [var verb, var name, ..] parts || RowsOf(name) is not var (rows, create)) return null;
        var row = parts.Length > 2 && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < rows.Count ? number : -1;
        switch (verb)
        {
            case "ajouter" when rows.Count < MaximumRows:
                rows.Add(create());
                return $"{name}[{rows.Count - 1}]";
            case "retirer" when row >= 0:
                rows.RemoveAt(row);
                return $"{name}[{Math.Max(0, Math.Min(row, rows.Count - 1))}]";
            case "monter" when row > 0:
                (rows[row - 1], rows[row]) = (rows[row], rows[row - 1]);
                return $"{name}[{row - 1}]";
            case "descendre" when row >= 0 && row < rows.Count - 1:
                (rows[row + 1], rows[row]) = (rows[row], rows[row + 1]);
                return $"{name}[{row + 1}]";
            default:
                return "";
        }
    }

    const int MaximumRows = 40;

    (IList Rows, Func<object?> Create)? RowsOf(string name) => name switch
    {
        nameof(Hints) => ((IList)Hints, () => null),
        nameof(Choices) => ((IList)Choices, () => new ChoiceRow()),
        nameof(Accepted) => ((IList)Accepted, () => new AcceptedRow()),
        nameof(Foreseen) => ((IList)Foreseen, () => new AcceptedRow()),
        nameof(Gaps) => ((IList)Gaps, () => new GapRow { Accepted = [new()] }),
        nameof(Distractors) => ((IList)Distractors, () => new DistractorRow()),
        nameof(Pairs) => ((IList)Pairs, () => new PairRow()),
        _ => OfGap().Match(name) is { Success: true } gap && int.Parse(gap.Groups["gap"].ValueSpan, CultureInfo.InvariantCulture) is var number && number < Gaps.Count
            ? ((IList)Gaps[number].Accepted, () => new AcceptedRow()) : null,
    };

    [GeneratedRegex(@"\AGaps\[(?<gap>[0-9]{1,3})\]\.Accepted\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OfGap();

    public static readonly string[] Scorings = ["tout-ou-rien", "partiel", "examen"];

    static string? Source(RichText? text) => text?.Markdown.TrimEnd('\n');

    static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}

public sealed class ChoiceRow
{
    public string? Text { get; set; }
    public bool Right { get; set; }
    public string? Feedback { get; set; }

    public bool IsBlank => string.IsNullOrWhiteSpace(Text + Feedback) && !Right;
}

/// <summary>An answer that is taken for right, or that is foreseen.</summary>
public sealed class AcceptedRow
{
    public static readonly string[] Modes = ["texte", "exact", "nombre", "motif"];

    public string? Mode { get; set; }
    public string? Value { get; set; }
    public string? Tolerance { get; set; }

    /// <summary>Only of one that is foreseen.</summary>
    public string? Feedback { get; set; }

    public bool IsBlank => string.IsNullOrWhiteSpace(Value + Tolerance + Feedback);

    public static AcceptedRow Of(Accepted accepted) => accepted switch
    {
        { Number: { } number } => new() { Mode = "nombre", Value = Written(number), Tolerance = accepted.Tolerance == 0 ? null : Written(accepted.Tolerance) },
        { Pattern: { } pattern } => new() { Mode = "motif", Value = pattern },
        _ => new() { Mode = accepted.Exact ? "exact" : "texte", Value = accepted.Text },
    };

    public AcceptedRow With(string? feedback)
    {
        Feedback = feedback;
        return this;
    }

    public Action<SheetWriter> Keys(string name) => keys =>
    {
        keys.Required(Mode is "nombre" or "motif" ? Mode : "texte", Value, $"{name}.{nameof(Value)}");
        if (Mode == "exact") keys.Flag("exact", true, $"{name}.{nameof(Mode)}");
        keys.Word("tolerance", Tolerance, $"{name}.{nameof(Tolerance)}");
    };

    static string Written(double number) => number.ToString("R", CultureInfo.InvariantCulture).Replace('.', ',');
}

public sealed class GapRow
{
    public IList<AcceptedRow> Accepted { get; set; } = [];

    /// <summary>One a line.</summary>
    public string? Options { get; set; }
    public string? Feedback { get; set; }

    public bool IsBlank => string.IsNullOrWhiteSpace(Options + Feedback) && Accepted.All(answer => answer.IsBlank);
}

public sealed class DistractorRow
{
    public string? Text { get; set; }
    public string? Feedback { get; set; }

    public bool IsBlank => string.IsNullOrWhiteSpace(Text + Feedback);
}

public sealed class PairRow
{
    public string? Left { get; set; }
    public string? Right { get; set; }
    public string? Feedback { get; set; }

    public bool IsBlank => string.IsNullOrWhiteSpace(Left + Right + Feedback);
}
