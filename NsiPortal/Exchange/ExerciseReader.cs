using System.Globalization;
using System.Text.RegularExpressions;
using NsiPortal.Domain.Exercises;

namespace NsiPortal.Exchange;

/// <summary>One exercise of a sheet, of any kind.</summary>
sealed class ExerciseReader
{
    const int MaximumKeyLength = 80;
    const int MaximumTitleLength = 160;
    const int MaximumTextLength = 10_000;
    const int MaximumGaps = 30;
    const int SpacesPerLevel = 4;

    static readonly string[] CommonKeys = ["id", "titre", "type", "points", "obligatoire", "essais", "enonce", "indices", "correction"];

    readonly SheetEntry entry;
    readonly string key;
    readonly Func<string, RichText> render;

    ExerciseReader(SheetEntry entry, Func<string, RichText> render)
    {
        (this.entry, this.render) = (entry, render);
        key = entry.RequiredText("id");
        if (key.Length > MaximumKeyLength || !key.All(c => c is '-' || char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)))
            throw entry.FaultAt("id", "Identifier", key, MaximumKeyLength);
    }

    /// <param name="yaml">A list with this item only.</param>
    /// <param name="firstLine">The line of the sheet on which it begins.</param>
    /// <param name="render">Makes safe HTML of Markdown.</param>
    /// <exception cref="UnusableFileException">It is no exercise.</exception>
    public static ExerciseSource Read(string yaml, int firstLine, Func<string, RichText> render)
    {
        var reader = new ExerciseReader(SheetParser.Parse(yaml, firstLine), render);
        return reader.Read(yaml);
    }

    ExerciseSource Read(string yaml)
    {
        // First, because it tells which keys there may be.
        var content = Content();
        return new ExerciseSource(
            key, entry.RequiredLineText("titre", MaximumTitleLength), entry.Number("points", 1, 20) ?? 1, entry.Flag("obligatoire", otherwise: true),
            entry.Number("essais", 1, 20), yaml, content);
    }

    ExerciseContent Content() => entry.RequiredText("type") switch
    {
        "qcm" => MultipleChoice(),
        "reponse-courte" => ShortAnswer(),
        "texte-a-trous" => Gaps(),
        "parsons" => Parsons(),
        "appariement" => Matching(),
        "reponse-libre" => FreeAnswer(),
        var other => throw entry.FaultAt("type", "Type", other),
    };

    RichText Statement => render(entry.RequiredText("enonce"));

    IReadOnlyList<RichText> Hints => [.. entry.Texts("indices", 0, 5).Select(render)];

    RichText? Correction => Markdown(entry, "correction");

    MultipleChoice MultipleChoice()
    {
        entry.Expect([.. CommonKeys, "choix", "plusieurs", "melange", "bareme"]);
        var several = entry.Flag("plusieurs", otherwise: false);
        var keys = new ContentKeys(key);
        var choices = entry.Entries("choix", 2, 10).Select(choice =>
        {
            choice.Expect("texte", "juste", "retour");
            var text = OneLine(choice, "texte");
            return new Choice(keys.Of(text.Markdown), text, choice.Flag("juste", otherwise: false), Markdown(choice, "retour"));
        }).ToList();
        var right = choices.Count(choice => choice.Right);
        if (right == 0) throw entry.FaultAt("choix", "NoneRight");
        if (right > 1 && !several) throw entry.FaultAt("choix", "SeveralRight", right);
        return new MultipleChoice(choices, several, entry.Flag("melange", otherwise: true), Scoring()) { Statement = Statement, Hints = Hints, Correction = Correction };
    }

    ChoiceScoring Scoring() => entry.Text("bareme") switch
    {
        null or "tout-ou-rien" => ChoiceScoring.AllOrNothing,
        "partiel" => ChoiceScoring.Partial,
        "examen" => ChoiceScoring.Examination,
        var other => throw entry.FaultAt("bareme", "Scoring", other),
    };

    ShortAnswer ShortAnswer()
    {
        entry.Expect([.. CommonKeys, "reponses", "retours", "unite"]);
        var foreseen = entry.Entries("retours", 0, 20).Select(item =>
        {
            item.Expect([.. AcceptedAnswers.Keys, "retour"]);
            return new Foreseen(AcceptedAnswers.Of(item), render(item.RequiredText("retour")));
        }).ToList();
        return new ShortAnswer(AcceptedAnswers.Of(entry, "reponses"), foreseen, entry.LineText("unite", 40)) { Statement = Statement, Hints = Hints, Correction = Correction };
    }

    Gaps Gaps()
    {
        entry.Expect([.. CommonKeys, "texte", "langage", "trous"]);
        var text = entry.RequiredText("texte", MaximumTextLength).Trim('\n');
        var gaps = entry.Entries("trous", 1, MaximumGaps).Select(GapOf).ToList();
        CheckHoles(text, gaps.Count);
        return new Gaps(text, Language(), gaps) { Statement = Statement, Hints = Hints, Correction = Correction };
    }

    Gap GapOf(SheetEntry gap)
    {
        gap.Expect("reponses", "options", "retour");
        var (accepted, options) = (AcceptedAnswers.Of(gap, "reponses"), gap.Lines("options", 0, 20, SheetEntry.MaximumLineLength));
        if (options.Distinct().Count() < options.Count) throw gap.FaultAt("options", "SameOptions");
        // To the letter: what is offered can be copied, and nothing else can be answered.
        if (options.Count > 0 && !options.Intersect(accepted.Select(answer => answer.Text)).Any())
            throw gap.FaultAt("options", "NoOptionRight");
        return new Gap(accepted, options, Markdown(gap, "retour"));
    }

    void CheckHoles(string text, int gaps)
    {
        var holes = Domain.Exercises.Gaps.Hole.Matches(text).Select(hole => hole.Groups["number"].Value).ToList();
        var wanted = Enumerable.Range(1, gaps).Select(number => number.ToString(CultureInfo.InvariantCulture)).ToList();
        if (wanted.Except(holes).FirstOrDefault() is { } missing) throw entry.FaultAt("texte", "GapMissing", missing);
        if (holes.Except(wanted).FirstOrDefault() is { } unknown) throw entry.FaultAt("texte", "GapUnknown", unknown, gaps);
        if (holes.GroupBy(hole => hole).FirstOrDefault(hole => hole.Count() > 1) is { } twice) throw entry.FaultAt("texte", "GapTwice", twice.Key);
    }

    string? Language() =>
        entry.LineText("langage", 20) is not { } language || language.All(c => c is '-' or '+' or '#' || char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)) ? entry.LineText("langage", 20)
        : throw entry.FaultAt("langage", "Language", language);

    Parsons Parsons()
    {
        entry.Expect([.. CommonKeys, "langage", "retraits", "lignes", "pieges"]);
        var language = entry.RequiredText("langage");
        if (language is not ("sql" or "python" or "texte")) throw entry.FaultAt("langage", "ParsonsLanguage", language);
        var indented = entry.Flag("retraits", otherwise: false);
        var keys = new ContentKeys(key);
        var lines = entry.List("lignes", 2, 20)
            .Select(item => LineOf(item, SheetEntry.LineOf(item, "lignes", SheetEntry.MaximumLineLength), indented, keys, feedback: null)).ToList();
        if (indented && lines.TrueForAll(line => line.Indent == 0))
            throw entry.FaultAt("lignes", "NoIndent");

        var distractors = entry.List("pieges", 0, 20).Select(item => DistractorOf(item, keys)).ToList();
        if (distractors.Find(distractor => lines.Exists(line => line.Text == distractor.Text)) is { } both)
            throw entry.FaultAt("pieges", "DistractorIsLine", both.Text);
        return new Parsons(language, indented, lines, distractors) { Statement = Statement, Hints = Hints, Correction = Correction };
    }

    ParsonsLine DistractorOf(SheetNode item, ContentKeys keys)
    {
        if (item is not SheetEntry distractor) return LineOf(item, SheetEntry.LineOf(item, "pieges", SheetEntry.MaximumLineLength), indented: false, keys, feedback: null);
        distractor.Expect("texte", "retour");
        var text = distractor.RequiredText("texte", SheetEntry.MaximumLineLength).TrimEnd();
        if (text.Contains('\n', StringComparison.Ordinal)) throw distractor.FaultAt("texte", "DistractorLines");
        return LineOf(item, text, indented: false, keys, Markdown(distractor, "retour"));
    }

    static ParsonsLine LineOf(SheetNode item, string line, bool indented, ContentKeys keys, RichText? feedback)
    {
        var text = line.TrimStart();
        var indent = line.Length - text.Length;
        if (indented && (indent % SpacesPerLevel != 0 || line[..indent].Contains('\t', StringComparison.Ordinal)))
            throw item.Fault("Indent", text, SpacesPerLevel);
        return new ParsonsLine(keys.Of(text), text, indent / SpacesPerLevel, feedback);
    }

    Matching Matching()
    {
        entry.Expect([.. CommonKeys, "paires", "intrus"]);
        var (lefts, options) = (new ContentKeys(key), new ContentKeys(key));
        var pairs = entry.Entries("paires", 2, 10).Select(pair =>
        {
            pair.Expect("gauche", "droite", "retour");
            var (left, right) = (OneLine(pair, "gauche"), pair.RequiredLineText("droite", SheetEntry.MaximumLineLength));
            return new MatchingPair(lefts.Of(left.Markdown), left, new MatchingOption(options.Of(right), right), Markdown(pair, "retour"));
        }).ToList();
        var intruders = entry.Lines("intrus", 0, 10, SheetEntry.MaximumLineLength);
        if (intruders.FirstOrDefault(intruder => pairs.Exists(pair => pair.Right.Text == intruder)) is { } both)
            throw entry.FaultAt("intrus", "IntruderIsRight", both);
        return new Matching(pairs, [.. intruders.Select(text => new MatchingOption(options.Of(text), text))]) { Statement = Statement, Hints = Hints, Correction = Correction };
    }

    FreeAnswer FreeAnswer()
    {
        entry.Expect([.. CommonKeys, "longueur", "criteres"]);
        return new FreeAnswer(entry.Number("longueur", 1, 10_000) ?? 2000, Markdown(entry, "criteres")) { Statement = Statement, Hints = Hints, Correction = Correction };
    }

    RichText? Markdown(SheetEntry of, string name) => of.Text(name) is { } markdown ? render(markdown) : null;

    /// <summary>Markdown that stands in a label, where no paragraph and no figure may: of them, only what is inside is kept.</summary>
    RichText OneLine(SheetEntry of, string name)
    {
        var text = render(of.RequiredLineText(name, SheetEntry.MaximumLineLength));
        var html = text.Html.Trim();
        if (Block.IsMatch(html))
            throw of.FaultOf(name, "Inline");
        return text with { Html = Wrapped.Match(html) is { Success: true } wrapped ? wrapped.Groups["inside"].Value : html };
    }

    static readonly Regex Block = new(@"\A<(h[1-6]|ul|ol|dl|blockquote|pre|table|hr|div|details)\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    static readonly Regex Wrapped = new(
        @"\A(<p>(?<inside>.*)</p>|<figure class=""figure"">(?<inside><img [^<>]*>)</figure>)\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.Singleline);
}
