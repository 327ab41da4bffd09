using System.Text;
using NsiPortal.Domain;
using NsiPortal.Domain.Exercises;
using NsiPortal.Rendering;

namespace NsiPortal.Exchange;

/// <summary>A sheet of exercises: what is read, and what is left out with line and reason.</summary>
public sealed class ExerciseSheetTests(ITestOutputHelper output)
{
    const string Good = "- id: bon\n  titre: Bon\n  type: reponse-libre\n  enonce: Dites.\n";

    [Fact]
    public void What_every_exercise_may_have_is_read()
    {
        var exercise = One("""
            - id: premier-1
              titre: " Le premier : « un » "
              type: reponse-libre
              points: 5
              obligatoire: non
              essais: 3
              enonce: |
                Un **texte**.

                Et un autre.
              indices: ["Vague", 'Plus *clair*']
              correction: Voilà.
            """);
        Assert.Equal(("premier-1", "Le premier : « un »", 5, false, 3), (exercise.Key, exercise.Title, exercise.Points, exercise.Required, exercise.MaximumTries));
        Assert.Equal("Un **texte**.\n\nEt un autre.\n", exercise.Content.Statement.Markdown);
        Assert.StartsWith("<p>Un <strong>texte</strong>.</p>", exercise.Content.Statement.Html, StringComparison.Ordinal);
        Assert.Equal(["Vague", "Plus *clair*"], exercise.Content.Hints.Select(hint => hint.Markdown));
        Assert.Equal("Voilà.", exercise.Content.Correction?.Markdown);
    }

    [Fact]
    public void What_need_not_be_said_has_its_usual_value()
    {
        var exercise = One(Good);
        Assert.Equal((1, true, null), (exercise.Points, exercise.Required, exercise.MaximumTries));
        Assert.Empty(exercise.Content.Hints);
        Assert.Null(exercise.Content.Correction);
        Assert.Equal((2000, null), (Content<FreeAnswer>("reponse-libre", "").MaximumLength, Content<FreeAnswer>("reponse-libre", "").Criteria));
    }

    [Fact]
    public void A_multiple_choice_is_read()
    {
        var content = Content<MultipleChoice>("qcm", """
            choix:
              - {texte: "`SELECT`", juste: true, retour: Oui.}
              - texte: "a < b & **c**"
                retour: |
                  Non.
              - texte: 42
                juste: oui
            plusieurs: true
            melange: false
            bareme: partiel
            """);
        Assert.Equal((true, false, ChoiceScoring.Partial), (content.Several, content.Shuffled, content.Scoring));
        Assert.Equal([("`SELECT`", true), ("a < b & **c**", false), ("42", true)], content.Choices.Select(choice => (choice.Text.Markdown, choice.Right)));
        Assert.Equal(["<code>SELECT</code>", "a &lt; b &amp; <strong>c</strong>", "42"], content.Choices.Select(choice => choice.Text.Html));
        Assert.Equal(["<p>Oui.</p>", "<p>Non.</p>", null], content.Choices.Select(choice => choice.Feedback?.Html.Trim()));
    }

    [Theory]
    [InlineData("", ChoiceScoring.AllOrNothing)]
    [InlineData("bareme: tout-ou-rien\n", ChoiceScoring.AllOrNothing)]
    [InlineData("bareme: examen\n", ChoiceScoring.Examination)]
    public void A_multiple_choice_has_one_answer_is_shuffled_and_all_or_nothing_unless_it_says_so(string more, ChoiceScoring scoring)
    {
        var content = Content<MultipleChoice>("qcm", "choix: [{texte: a, juste: true}, {texte: b}]\n" + more);
        Assert.Equal((false, true, scoring), (content.Several, content.Shuffled, content.Scoring));
    }

    [Theory]
    [InlineData("2 < 3", "2 &lt; 3")]
    [InlineData("$x^2$", "<span class=\"math\">x^2</span>")]
    [InlineData("-1", "-1")]
    [InlineData("![Un arbre](fichiers/arbre.svg)", "<img src=\"fichiers/arbre.svg\" alt=\"Un arbre\" decoding=\"async\">")]
    public void The_html_of_a_choice_can_stand_in_a_label(string markdown, string html) =>
        Assert.Equal(html, Content<MultipleChoice>("qcm", $"choix: [{{texte: \"{markdown}\", juste: true}}, {{texte: b}}]\n").Choices[0].Text.Html);

    [Theory]
    [InlineData("- 1")]
    [InlineData("1. un")]
    [InlineData("# un")]
    [InlineData("> 1")]
    [InlineData("---")]
    [InlineData("$$x$$")]
    [InlineData("!!! note")]
    public void A_choice_that_markdown_takes_for_a_block_is_told(string markdown) =>
        IsLeftOut("qcm", $"choix: [{{texte: \"{markdown}\", juste: true}}, {{texte: b}}]\n", 5, "la clé « texte » attend une ligne de texte, sans titre, liste, citation ni tableau");

    [Fact]
    public void A_short_answer_is_read()
    {
        var content = Content<ShortAnswer>("reponse-courte", """
            reponses:
              - NULL
              - {texte: " True ", exact: true}
              - {nombre: 3.14, tolerance: "0,01"}
              - {nombre: -1e3}
              - motif: '[a-c]+'
            retours:
              - {texte: vide, retour: Vide n’est pas NULL.}
              - {nombre: 0, retour: Zéro non plus.}
              - {motif: "x+", retour: Ni x.}
            unite: Mo
            """);
        Assert.Equal([new("NULL"), new("True", Exact: true), new(Number: 3.14, Tolerance: 0.01), new(Number: -1000), new(Pattern: "[a-c]+")], content.Accepted);
        Assert.Equal([new("vide"), new(Number: 0), new(Pattern: "x+")], content.Foreseen.Select(foreseen => foreseen.Answer));
        Assert.Equal("Zéro non plus.", content.Foreseen[1].Feedback.Markdown);
        Assert.Equal("Mo", content.Unit);
    }

    [Fact]
    public void Gaps_are_read()
    {
        var content = Content<Gaps>("texte-a-trous", """
            langage: sql
            texte: |
              SELECT [[2]]
                FROM [[1]];
            trous:
              - reponses: [eleve]
                retour: Quelle table ?
              - {reponses: ["*", {motif: "nom, ?age"}], options: ["*", nom]}
            """);
        Assert.Equal(("SELECT [[2]]\n  FROM [[1]];", "sql"), (content.Text, content.Language));
        Assert.Equal(["eleve"], content.Items[0].Accepted.Select(accepted => accepted.Text));
        Assert.Equal([new("*"), new(Pattern: "nom, ?age")], content.Items[1].Accepted);
        Assert.Equal([0, 2], content.Items.Select(gap => gap.Options.Count));
        Assert.Equal(["Quelle table ?", null], content.Items.Select(gap => gap.Feedback?.Markdown));
        Assert.Null(Content<Gaps>("texte-a-trous", "texte: \"[[1]]\"\ntrous: [{reponses: [a]}]\n").Language);
    }

    [Fact]
    public void Lines_to_put_in_order_are_read()
    {
        var content = Content<Parsons>("parsons", """
            langage: python
            retraits: true
            lignes:
              - "for i in t:"
              - "    for j in i:"
              - "        print(j)"
              - "        print(j)"
            pieges:
              - "    end"
              - {texte: "print j", retour: Des parenthèses.}
            """);
        Assert.Equal(("python", true), (content.Language, content.Indented));
        Assert.Equal([("for i in t:", 0), ("for j in i:", 1), ("print(j)", 2), ("print(j)", 2)], content.Lines.Select(line => (line.Text, line.Indent)));
        Assert.Equal([("end", null), ("print j", "Des parenthèses.")], content.Distractors.Select(line => (line.Text, line.Feedback?.Markdown)));
        Assert.Equal(6, content.Lines.Concat(content.Distractors).Select(line => line.Key).Distinct().Count());
        Assert.False(Content<Parsons>("parsons", "langage: texte\nlignes: [a, b]\n").Indented);
    }

    [Fact]
    public void Pairs_are_read()
    {
        var content = Content<Matching>("appariement", """
            paires:
              - {gauche: "`1`", droite: int, retour: Sans virgule.}
              - {gauche: "`2`", droite: int}
              - {gauche: "`'a'`", droite: str}
            intrus: [float]
            """);
        Assert.Equal(["<code>1</code>", "<code>2</code>", "<code>'a'</code>"], content.Pairs.Select(pair => pair.Left.Html.Replace("&#39;", "'", StringComparison.Ordinal)));
        Assert.Equal(["int", "int", "str", "float"], content.Pairs.Select(pair => pair.Right).Concat(content.Intruders).Select(option => option.Text));
        Assert.Equal(4, content.Pairs.Select(pair => pair.Right).Concat(content.Intruders).Select(option => option.Key).Distinct().Count());
        Assert.Equal(["Sans virgule.", null, null], content.Pairs.Select(pair => pair.Feedback?.Markdown));
    }

    [Fact]
    public void A_free_answer_is_read()
    {
        var content = Content<FreeAnswer>("reponse-libre", "longueur: 500\ncriteres: \"- Clarté\"\n");
        Assert.Equal((500, "- Clarté"), (content.MaximumLength, content.Criteria?.Markdown));
    }

    [Fact]
    public void Keys_come_from_the_text_and_not_from_its_place()
    {
        var once = Content<MultipleChoice>("qcm", "choix: [{texte: a, juste: true}, {texte: b}, {texte: b}]\n").Choices;
        var turned = Content<MultipleChoice>("qcm", "choix: [{texte: b}, {texte: c}, {texte: b}, {texte: a, juste: true}]\n").Choices;
        // SHA-256 of « x\na », as sha256sum writes it.
        Assert.Equal("04444197", once[0].Key);
        Assert.Equal(once[0].Key, turned[3].Key);
        Assert.Equal([once[1].Key, once[2].Key], new[] { turned[0].Key, turned[2].Key });
        Assert.All(once.Concat(turned), choice => Assert.Matches("^[0-9a-f]{8}$", choice.Key));
        Assert.Equal(3, once.Select(choice => choice.Key).Distinct().Count());
    }

    [Theory]
    [InlineData("titre: Bon\ntype: reponse-libre\nenonce: a\n", 1, "la clé « id » manque")]
    [InlineData("id: Pas Bon\ntitre: Bon\ntype: reponse-libre\nenonce: a\n", 1, "« Pas Bon » n’est pas un identifiant")]
    [InlineData("id: x\ntype: reponse-libre\nenonce: a\n", 1, "la clé « titre » manque")]
    [InlineData("id: x\ntitre: Bon\nenonce: a\n", 1, "la clé « type » manque")]
    [InlineData("id: x\ntitre: Bon\ntype: dictee\nenonce: a\n", 3, "le type « dictee » n’est ni qcm, ni")]
    [InlineData("id: x\ntitre: Bon\ntype: reponse-libre\n", 1, "la clé « enonce » manque")]
    [InlineData("id: x\ntitre: Bon\ntype: reponse-libre\nenonce: \"  \"\n", 4, "la clé « enonce » manque")]
    [InlineData("id: x\ntitre: Bon\ntype: reponse-libre\nenonce:\n", 4, "la clé « enonce » manque")]
    [InlineData("id: x\ntitre: Bon\ntype: reponse-libre\nenonce: a\nchoix: []\n", 5, "la clé « choix » est inconnue ici : id, titre")]
    [InlineData("id: x\ntitre: Bon\ntype: reponse-libre\nenonce: a\ntitre: Encore\n", 5, "la clé « titre » est écrite deux fois")]
    [InlineData("id: x\ntitre: [a]\ntype: reponse-libre\nenonce: a\n", 2, "la clé « titre » attend un texte")]
    [InlineData("id: x\ntitre: \"a\\nb\"\ntype: reponse-libre\nenonce: a\n", 2, "la clé « titre » attend une seule ligne")]
    [InlineData("id: x\ntitre: Bases : SQL\ntype: reponse-libre\nenonce: a\n", 2, "s’écrit entre guillemets droits")]
    [InlineData("id: x\ntitre: \"nul \\0\"\ntype: reponse-libre\nenonce: a\n", 2, "un caractère nul ou invalide")]
    [InlineData("id: x\ntitre: &a Bon\ntype: reponse-libre\nenonce: a\n", 2, "les ancres, les alias et les étiquettes")]
    [InlineData("id: x\ntitre: *a\ntype: reponse-libre\nenonce: a\n", 2, "les ancres, les alias et les étiquettes")]
    [InlineData("id: x\ntitre: !!str Bon\ntype: reponse-libre\nenonce: a\n", 2, "les ancres, les alias et les étiquettes")]
    [InlineData("id: x\ntitre: !![a]\ntype: reponse-libre\nenonce: a\n", 2, "le YAML est illisible")]
    [InlineData("? [une, clé]\n: a\n", 1, "une clé est un mot")]
    [InlineData("juste un texte\n", 1, "un exercice s’écrit « clé: valeur »")]
    [InlineData("[une, liste]\n", 1, "un exercice s’écrit « clé: valeur »")]
    [InlineData("id: x\ntitre: [[[[[[[]]]]]]]\n", 2, "des listes sont emboîtées")]
    public void A_broken_exercise_is_told_with_its_line(string yaml, int line, string reason) => IsLeftOut(yaml, line, reason);

    [Theory]
    [InlineData("points: 0", "la clé « points » attend un nombre entier de 1 à 20, pas « 0 »")]
    [InlineData("points: 21", "la clé « points » attend un nombre entier de 1 à 20, pas « 21 »")]
    [InlineData("points: deux", "la clé « points » attend un nombre entier de 1 à 20, pas « deux »")]
    [InlineData("essais: 1.5", "la clé « essais » attend un nombre entier de 1 à 20, pas « 1.5 »")]
    [InlineData("obligatoire: peut-être", "la clé « obligatoire » attend true ou false, pas « peut-être »")]
    [InlineData("indices: Vague", "la clé « indices » attend une liste")]
    [InlineData("indices: [a, b, c, d, e, f]", "la clé « indices » attend une liste de 0 à 5 éléments, pas 6")]
    [InlineData("indices: [a, \"\"]", "la liste « indices » attend des textes qui ne sont pas vides")]
    [InlineData("indices: [a, [b]]", "la liste « indices » attend des textes qui ne sont pas vides")]
    [InlineData("correction: [a]", "la clé « correction » attend un texte")]
    [InlineData("longueur: 10001", "la clé « longueur » attend un nombre entier de 1 à 10000")]
    public void A_wrong_value_is_told(string more, string reason) => IsLeftOut("reponse-libre", more, 5, reason);

    [Theory]
    [InlineData("melange: true", 1, "la clé « choix » manque")]
    [InlineData("choix: [{texte: a, juste: true}]", 5, "la clé « choix » attend une liste de 2 à 10 éléments, pas 1")]
    [InlineData("choix: [a, b]", 5, "la liste « choix » attend des éléments de la forme « clé: valeur »")]
    [InlineData("choix: [{texte: a}, {texte: b}]", 5, "aucun choix n’est juste")]
    [InlineData("choix: [{texte: a}, {texte: b}]\nplusieurs: true", 5, "aucun choix n’est juste")]
    [InlineData("choix:\n  - {texte: a, juste: true}\n  - {texte: b, juste: true}", 5, "2 choix sont justes : il en faut un seul")]
    [InlineData("choix:\n  - {texte: a, juste: true}\n  - {juste: false}", 7, "la clé « texte » manque")]
    [InlineData("choix:\n  - {texte: a, juste: true}\n  - texte: b\n    bon: false", 8, "la clé « bon » est inconnue ici : texte, juste, retour")]
    [InlineData("choix:\n  - {texte: a, juste: true}\n  - texte: |\n      b\n      c", 7, "la clé « texte » attend une seule ligne")]
    [InlineData("choix:\n  - {texte: a, juste: true}\n  - texte: \"# b\"", 7, "sans titre, liste, citation ni tableau")]
    [InlineData("choix:\n  - {texte: a, juste: true}\n  - texte: \"> 5\"", 7, "un code s’écrit entre accents graves")]
    [InlineData("choix: [{texte: a, juste: true}, {texte: b}]\nbareme: severe", 6, "le barème « severe » n’est ni tout-ou-rien, ni partiel, ni examen")]
    public void A_broken_multiple_choice_is_told(string more, int line, string reason) => IsLeftOut("qcm", more, line, reason);

    [Theory]
    [InlineData("unite: m", 1, "la clé « reponses » manque")]
    [InlineData("reponses: a", 5, "la clé « reponses » attend une liste")]
    [InlineData("reponses: []", 5, "de 1 à 20 éléments, pas 0")]
    [InlineData("reponses:\n  - a\n  - ~", 7, "la liste « reponses » attend des textes qui ne sont pas vides")]
    [InlineData("reponses:\n  - \"a\\nb\"", 6, "chaque texte de « reponses » tient sur une ligne")]
    [InlineData("reponses:\n  - {exact: true}", 6, "il faut une des clés texte, nombre et motif, et une seule")]
    [InlineData("reponses:\n  - {texte: a, nombre: 1}", 6, "il faut une des clés texte, nombre et motif, et une seule")]
    [InlineData("reponses:\n  - nombre: 1\n    exact: true", 7, "la clé « exact » va avec « texte »")]
    [InlineData("reponses:\n  - texte: a\n    tolerance: 1", 7, "la clé « tolerance » va avec « nombre »")]
    [InlineData("reponses:\n  - nombre: 1\n    tolerance: -1", 7, "une tolérance n’est pas négative")]
    [InlineData("reponses:\n  - nombre: 1\n    tolerance: .inf", 7, "la clé « tolerance » attend un nombre, pas « .inf »")]
    [InlineData("reponses:\n  - nombre: NaN", 6, "la clé « nombre » attend un nombre, pas « NaN »")]
    [InlineData("reponses:\n  - nombre: 1e999", 6, "la clé « nombre » attend un nombre, pas « 1e999 »")]
    [InlineData("reponses:\n  - motif: \"(\"", 6, "le motif « ( » n’est pas une expression régulière")]
    [InlineData("reponses:\n  - motif: \"a)|(b\"", 6, "n’est pas une expression régulière")]
    [InlineData("reponses:\n  - motif: '(a)\\1'", 6, "se sert de ce qui n’est pas accepté ici")]
    [InlineData("reponses:\n  - motif: \"(((((a{99}){99}){99}){99}){99}){99}\"", 6, "se sert de ce qui n’est pas accepté ici")]
    [InlineData("reponses: [a]\nretours:\n  - texte: b", 7, "la clé « retour » manque")]
    [InlineData("reponses: [a]\nretours:\n  - retour: b", 7, "il faut une des clés texte, nombre et motif, et une seule")]
    [InlineData("reponses: [a]\nretours: [b]", 6, "la liste « retours » attend des éléments de la forme « clé: valeur »")]
    public void A_broken_short_answer_is_told(string more, int line, string reason) => IsLeftOut("reponse-courte", more, line, reason);

    [Theory]
    [InlineData("trous: [{reponses: [a]}]", 1, "la clé « texte » manque")]
    [InlineData("texte: \"[[1]]\"", 1, "la clé « trous » manque")]
    [InlineData("texte: rien\ntrous: [{reponses: [a]}]", 5, "le trou [[1]] manque dans le texte")]
    [InlineData("texte: \"[[1]] [[3]]\"\ntrous: [{reponses: [a]}, {reponses: [b]}]", 5, "le trou [[2]] manque dans le texte")]
    [InlineData("texte: \"[[1]] [[2]]\"\ntrous: [{reponses: [a]}]", 5, "le texte a un trou [[2]], et « trous » en décrit 1")]
    [InlineData("texte: \"[[1]] [[01]]\"\ntrous: [{reponses: [a]}]", 5, "le texte a un trou [[01]]")]
    [InlineData("texte: \"[[1]] [[99999999999999999999]]\"\ntrous: [{reponses: [a]}]", 5, "le texte a un trou [[99999999999999999999]]")]
    [InlineData("texte: \"[[1]] [[1]]\"\ntrous: [{reponses: [a]}]", 5, "le trou [[1]] est deux fois dans le texte")]
    [InlineData("texte: \"[[1]]\"\ntrous:\n  - {options: [a, b]}", 7, "la clé « reponses » manque")]
    [InlineData("texte: \"[[1]]\"\ntrous:\n  - reponses: [a]\n    options: [b, c]", 8, "aucune option n’est une des réponses")]
    [InlineData("texte: \"[[1]]\"\ntrous:\n  - reponses: [a]\n    options: [a, a]", 8, "deux options sont les mêmes")]
    [InlineData("texte: \"[[1]]\"\ntrous: [{reponses: [a]}]\nlangage: Du Python", 7, "« Du Python » n’est pas un langage")]
    public void Broken_gaps_are_told(string more, int line, string reason) => IsLeftOut("texte-a-trous", more, line, reason);

    [Theory]
    [InlineData("lignes: [a, b]", 1, "la clé « langage » manque")]
    [InlineData("langage: c\nlignes: [a, b]", 5, "le langage « c » n’est ni sql, ni python, ni texte")]
    [InlineData("langage: sql\nlignes: [a]", 6, "la clé « lignes » attend une liste de 2 à 20 éléments, pas 1")]
    [InlineData("langage: sql\nlignes:\n  - a\n  - \" \"", 8, "la liste « lignes » attend des textes qui ne sont pas vides")]
    [InlineData("langage: sql\nlignes:\n  - a\n  - {texte: b}", 8, "la liste « lignes » attend des textes qui ne sont pas vides")]
    [InlineData("langage: python\nretraits: true\nlignes:\n  - a\n  - \"  b\"", 9, "le retrait de « b » n’est pas un multiple de 4 espaces")]
    [InlineData("langage: python\nretraits: true\nlignes:\n  - a\n  - \"\\t\\t\\t\\tb\"", 9, "le retrait de « b » n’est pas un multiple de 4 espaces")]
    [InlineData("langage: python\nretraits: true\nlignes:\n  - a\n  -     b", 7, "les retraits comptent, et aucune ligne n’en a")]
    [InlineData("langage: sql\nlignes: [a, b]\npieges: [\" b\"]", 7, "le piège « b » est aussi une des lignes")]
    [InlineData("langage: sql\nlignes: [a, b]\npieges: [{retour: c}]", 7, "la clé « texte » manque")]
    public void Broken_lines_are_told(string more, int line, string reason) => IsLeftOut("parsons", more, line, reason);

    [Theory]
    [InlineData("intrus: [a]", 1, "la clé « paires » manque")]
    [InlineData("paires: [{gauche: a, droite: b}]", 5, "la clé « paires » attend une liste de 2 à 10 éléments, pas 1")]
    [InlineData("paires:\n  - {gauche: a, droite: b}\n  - {gauche: c}", 7, "la clé « droite » manque")]
    [InlineData("paires:\n  - {gauche: a, droite: b}\n  - {droite: c}", 7, "la clé « gauche » manque")]
    [InlineData("paires: [{gauche: a, droite: b}, {gauche: c, droite: d}]\nintrus: [e, b]", 6, "l’intrus « b » est aussi la droite d’une paire")]
    public void Broken_pairs_are_told(string more, int line, string reason) => IsLeftOut("appariement", more, line, reason);

    [Fact]
    public void A_text_that_is_too_long_is_told()
    {
        IsLeftOut($"id: {new string('a', 81)}\ntitre: a\ntype: reponse-libre\nenonce: a\n", 1, "n’est pas un identifiant");
        IsLeftOut($"id: x\ntitre: {new string('a', 161)}\ntype: reponse-libre\nenonce: a\n", 2, "la clé « titre » dépasse 160 caractères");
        IsLeftOut($"id: x\ntitre: a\ntype: reponse-libre\nenonce: {new string('a', 70_000)}\n", 1, "un exercice dépasse 64 Ko");
        IsLeftOut("reponse-courte", $"reponses: [{new string('a', 501)}]", 5, "un texte de « reponses » dépasse 500 caractères");
        IsLeftOut("reponse-courte", $"reponses: [a]\nunite: {new string('a', 41)}", 6, "la clé « unite » dépasse 40 caractères");
        IsLeftOut("reponse-courte", $"reponses: [{{motif: {new string('a', 501)}}}]", 5, "la clé « motif » dépasse 500 caractères");
    }

    [Fact]
    public void Of_two_exercises_of_one_identifier_the_first_is_kept()
    {
        var (exercises, problems) = Read(Good + Good.Replace("Bon", "Second", StringComparison.Ordinal) + Good.Replace("bon", "autre", StringComparison.Ordinal));
        Assert.Equal([("bon", "Bon"), ("autre", "Bon")], exercises.Select(exercise => (exercise.Key, exercise.Title)));
        Assert.Equal((5, "un autre exercice a déjà l’identifiant « bon »"), Assert.Single(problems));
    }

    [Fact]
    public void After_a_hundred_exercises_the_others_are_not_read()
    {
        var (exercises, problems) = Read(string.Concat(Enumerable.Range(1, 105).Select(number => Good.Replace("id: bon", $"id: e{number}", StringComparison.Ordinal))));
        Assert.Equal(100, exercises.Count);
        Assert.Equal((401, "la feuille a plus de 100 exercices : à partir de celui-ci, ils ne sont pas lus"), Assert.Single(problems));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# Rien encore\n---\n")]
    public void A_sheet_of_nothing_has_no_exercise_and_no_problem(string sheet)
    {
        var (exercises, problems) = Read(sheet);
        Assert.Empty(exercises);
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("id: bon\ntitre: Bon\n", 1)]
    [InlineData("# Titre\n\n  - id: bon\n", 3)]
    [InlineData("[{id: bon}]\n", 1)]
    [InlineData("%YAML 1.2\n---\n", 1)]
    public void What_is_no_list_with_dashes_at_the_start_of_lines_is_told(string sheet, int line)
    {
        var (exercises, problems) = Read(sheet + Good);
        Assert.Equal((line, "une feuille d’exercices est une liste : chaque exercice commence par « - » au début d’une ligne"), Assert.Single(problems));
        Assert.Equal("bon", Assert.Single(exercises).Key);
    }

    [Theory]
    [InlineData("---\n")]
    [InlineData("...\n")]
    public void A_sheet_is_one_document(string mark)
    {
        var (exercises, problems) = Read(Good + mark + Good.Replace("bon", "autre", StringComparison.Ordinal));
        Assert.Equal("autre", Assert.Single(exercises).Key);
        Assert.Contains("une seule liste", Assert.Single(problems).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_null_character_or_half_a_surrogate_pair_is_told_on_its_line()
    {
        Assert.Equal((3, "l’exercice contient un caractère nul ou invalide"), Assert.Single(Read(Good.Replace("type", "\0", StringComparison.Ordinal)).Problems));
        Assert.Equal("l’exercice contient un caractère nul ou invalide", Assert.Single(Read(Good + "  correction: \uD800\n").Problems).Reason);
    }

    [Fact]
    public void The_lines_of_the_exercises_one_after_the_other_are_the_sheet()
    {
        const string sheet = """
            # Première partie
            - id: a
              titre: A
              type: reponse-libre
              enonce: |
                # Un titre

                - une liste
              # un commentaire dedans
              correction: a
            # Seconde partie :
            # plus dur
            - titre: B
              id: b
              type: "reponse-libre"   
              enonce: 'b'
            -
              id: c
              titre: C
              type: reponse-libre
              enonce: c
            # Fin

            """;
        var (exercises, problems) = Read(sheet);
        Assert.Empty(problems);
        Assert.Equal(["a", "b", "c"], exercises.Select(exercise => exercise.Key));
        Assert.Equal(sheet, string.Concat(exercises.Select(exercise => exercise.Yaml)));
        Assert.StartsWith("# Seconde partie :\n# plus dur\n- titre: B\n", exercises[1].Yaml, StringComparison.Ordinal);
        Assert.All(exercises, exercise => Assert.Equal(exercise.Yaml, One(exercise.Yaml).Yaml));
    }

    [Fact]
    public void Blank_lines_between_exercises_and_ends_of_lines_are_not_kept()
    {
        var (exercises, problems) = Read("---\n\n" + (Good + "\n  \n" + Good.Replace("bon", "autre", StringComparison.Ordinal) + "\n").Replace("\n", "\r\n", StringComparison.Ordinal));
        Assert.Empty(problems);
        Assert.Equal(Good + Good.Replace("bon", "autre", StringComparison.Ordinal), string.Concat(exercises.Select(exercise => exercise.Yaml)));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("&a ")]
    [InlineData("*a ")]
    [InlineData("!a ")]
    [InlineData("\"")]
    [InlineData("\"a\n")]
    [InlineData("a: ")]
    [InlineData("#")]
    [InlineData("\n- ")]
    [InlineData("\n-\n")]
    [InlineData("\n  ")]
    [InlineData("|\n ")]
    public async Task A_piece_of_yaml_without_end_takes_no_time_and_no_stack(string piece)
    {
        foreach (var length in new[] { 60_000, 1_000_000 })
        {
            var sheet = "- id: x\n  titre: " + string.Concat(Enumerable.Repeat(piece, length / piece.Length));
            await Task.Run(() => Read(sheet)).WaitAsync(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public void Whatever_the_bytes_nothing_is_thrown_and_every_problem_has_its_line()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var seeds = Seeds();
        var read = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var sheet = Mutated(random, seeds);
            try
            {
                read += Check(sheet);
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"Sheet {i} of seed {seed}: {Problem.Printable(sheet)}", fault);
            }
        }

        // Sheets that are all refused prove nothing about reading.
        Assert.True(read > 1000, $"{read} exercises were read");
    }

    static int Check(string sheet)
    {
        var (exercises, problems) = Read(sheet, markdown => new RichText(markdown, markdown));
        var lines = sheet.ReplaceLineEndings("\n").Count(c => c == '\n') + 1;
        Assert.All(problems, problem => Assert.InRange(problem.Line, 1, lines));
        // What is read can be stored, and written and read again.
        Assert.All(exercises, exercise => Assert.True(StorableText.Is(exercise.Yaml)));
        var (again, none) = Read(string.Concat(exercises.Select(exercise => exercise.Yaml)), markdown => new RichText(markdown, markdown));
        Assert.Empty(none);
        Assert.Equivalent(exercises, again, strict: true);
        return exercises.Count;
    }

    static string[] Seeds() =>
    [
        "- id: q\n  titre: \"Q\"\n  type: qcm\n  enonce: |\n    a\n  choix:\n    - {texte: a, juste: true, retour: b}\n    - texte: c\n",
        "- id: s\n  titre: S\n  type: reponse-courte\n  enonce: s\n  reponses: [a, {nombre: 1.5, tolerance: 1}, {motif: \"a+\"}]\n  retours:\n    - {texte: b, retour: c}\n",
        "- id: t\n  titre: T\n  type: texte-a-trous\n  enonce: t\n  texte: \"[[1]] [[2]]\"\n  trous:\n    - reponses: [a]\n      options: [a, b]\n    - {reponses: [b]}\n",
        "- id: p\n  titre: P\n  type: parsons\n  enonce: p\n  langage: python\n  retraits: true\n  lignes:\n    - a\n    - \"    b\"\n  pieges: [c]\n",
        "# m\n- id: m\n  titre: M\n  type: appariement\n  enonce: m\n  paires:\n    - {gauche: a, droite: b}\n    - {gauche: c, droite: d}\n  intrus: [e]\n",
        Good,
    ];

    static string Mutated(Random random, string[] seeds)
    {
        const string likely = "-:#[]{}\"'|>&*!%?,~@` \t\n\r\0\\ax1\u0085\u2028\uFEFF\uD800\uDC00é";
        if (random.Next(10) == 0)
        {
            var bytes = new byte[random.Next(100)];
            random.NextBytes(bytes);
            return "- " + Encoding.UTF8.GetString(bytes);
        }

        var sheet = new StringBuilder(string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => seeds[random.Next(seeds.Length)])));
        for (var i = random.Next(6); i > 0 && sheet.Length > 1; i--)
        {
            var at = random.Next(sheet.Length);
            switch (random.Next(4))
            {
                case 0: sheet[at] = likely[random.Next(likely.Length)]; break;
                case 1: sheet.Remove(at, random.Next(Math.Min(20, sheet.Length - at))); break;
                case 2: sheet.Insert(at, sheet.ToString(random.Next(sheet.Length), 1)); break;
                default: sheet.Insert(at, likely[random.Next(likely.Length)]); break;
            }
        }

        return sheet.ToString();
    }

    static readonly MarkdownRenderer Renderer = new();

    static (IReadOnlyList<ExerciseSource> Exercises, List<(int Line, string Reason)> Problems) Read(string sheet, Func<string, RichText>? render = null)
    {
        var problems = new List<SheetFault>();
        var exercises = ExerciseSheet.Read(sheet, render ?? (markdown => new RichText(markdown, Renderer.Render(markdown).Html)), problems);
        // Written here as they are typed.
        return (exercises, [.. problems.Select(fault => (fault.Line, fault.Reason.Replace('\u00A0', ' ')))]);
    }

    static ExerciseSource One(string sheet)
    {
        var (exercises, problems) = Read(sheet);
        Assert.Empty(problems);
        return Assert.Single(exercises);
    }

    static T Content<T>(string type, string more) where T : ExerciseContent => Assert.IsType<T>(One(Item(type, more)).Content);

    static string Item(string type, string more) => AsItem($"id: x\ntitre: X\ntype: {type}\nenonce: Dites.\n{more}");

    static string AsItem(string yaml) => "- " + yaml.TrimEnd('\n').Replace("\n", "\n  ", StringComparison.Ordinal) + "\n";

    static void IsLeftOut(string type, string more, int line, string reason) => IsLeftOut($"id: x\ntitre: X\ntype: {type}\nenonce: Dites.\n{more}\n", line, reason);

    /// <summary>Between two good ones, which are read.</summary>
    static void IsLeftOut(string yaml, int line, string reason)
    {
        var (exercises, problems) = Read(Good + AsItem(yaml) + Good.Replace("bon", "dernier", StringComparison.Ordinal));
        var problem = Assert.Single(problems);
        Assert.Equal(line, problem.Line - 4);
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
        Assert.Equal(["bon", "dernier"], exercises.Select(exercise => exercise.Key));
    }
}
