using NsiPortal.Domain.Courses;
using NsiPortal.Rendering;
using NsiPortal.Support;

namespace NsiPortal.Browser;

/// <summary>Courses that make the pages show all that they can: enough of them for a second page, and one chapter with every piece of the dialect.</summary>
static class Specimen
{
    public const string Chapter = "/cours/specimen/toutes-les-formes";

    const string Markdown = """"
        ## Titres et texte

        Du **gras**, de l’*italique*, du `code`, du `#!py print(1)`, une [adresse](https://exemple.fr), H~2~O, x^2^, ==surligné==, ~~barré~~ et <kbd>Ctrl</kbd>[^1].

        [^1]: Une note.

        ### Un titre de niveau 3 avec un_identifiant_qui_ne_se_coupe_pas_et_qui_est_plus_long_que_la_page_d_un_telephone

        > Une citation.

        - [ ] à faire
        - [x] fait

        Terme
        :   Sa définition.

        1. un
        2. deux
            - dedans

        ---

        #### Niveau 4

        ```python title="Un titre" linenums="8"
        def carre(x: int) -> int:
            """Le carré, sur une ligne assez longue pour déborder de toutes les colonnes que le portail puisse offrir à un lecteur."""
            return x ** 2  # commentaire
        ```

        ```python
        print(carre(3), "sans titre, mais sur une ligne bien trop longue pour tenir sur le moindre écran de téléphone")
        ```

        ```
        sans langage
        ```

        ```html
        <p class="a">HTML</p>
        ```

        | une | table | avec | beaucoup | de | colonnes | pour | un | petit | écran | vraiment | petit |
        |:---|:---:|---:|---|---|---|---|---|---|---|---|---|
        | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 |

        Une formule $a^2 + b^2 = c^2$, une fausse $\frac{1$, et une grande :

        \[ \sum_{k=1}^{n} k = \frac{n(n+1)}{2} \quad \left\lfloor \frac{\sqrt{x}}{\log_2 n} \right\rfloor \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} \]

        """";

    static readonly string[] Admonitions =
        ["note", "tip", "warning", "danger", "example", "abstract", "info", "success", "question", "quote", "bug", "failure", "autre"];

    public static IEnumerable<Course> Courses(MarkdownRenderer renderer)
    {
        var specimen = new CourseBuilder("specimen").At(Level.Premiere).Build();
        var text = Markdown + string.Concat(Admonitions.Select(type => $"!!! {type}\n    Un texte avec `code` et [lien](/cours).\n\n??? {type} \"Replié\"\n    Un secret.\n\n"));
        var chapter = specimen.AddChapter("toutes-les-formes", "Toutes les formes");
        chapter.Describe("Toutes les formes", "Chaque pièce du dialecte, une fois.", 1);
        chapter.Write(text, renderer.Render(text));
        chapter.Publish();
        yield return specimen;

        yield return new CourseBuilder("vide").At(Level.Snt).Build();
        foreach (var number in Enumerable.Range(1, 12)) yield return new CourseBuilder($"divers-{number}").At(Level.Other).WithChapter("seul").Build();
    }
}
