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

        === "Énoncé"

            Écrire une **fonction**.

            ### Un titre dans un onglet

        === "Solution $x$"

            ```python
            def f(x):
                return x
            ```

            ### Caché dans un onglet

        ===+ "Autre *solution*"

            Du texte de l’autre solution.

        Entre deux groupes : ++ctrl+alt+suppr++, ^^inséré^^, {++ajouté++}, {--ôté--}, {~~vieux~>neuf~~}, {==marqué==}{>>une remarque<<}, :heart:, un SGBD (SGBD).

        === "A"

            Le premier.

        === "B"

            Le second.

        - Une liste

            !!! tip "Une aide"

                === "Un"

                    Dans la liste.

                === "Deux"

                    Aussi.

        *[SGBD]: Système de gestion de bases de données

        Un texte centré.
        {: .center }

        [Un bouton](/cours){ .md-button } [un autre](https://exemple.fr){ .md-button .md-button--primary target=_blank }

        <div class="grid cards" markdown>
        - **Un**

            Une carte.

        - **Deux**

            Une autre.
        </div>

        {{ initexo(2) }}

        !!! example "{{ exercice() }}"
            {{ IDE('scripts/tri') }}

            {{ correction(True, """
            Une correction **reprise**.
            """) }}

        Un élément {{ macro() }} dans le texte, et {# rien #} après.

        ```mermaid
        graph LR
            A[Début] --> B{Choix}
            B -->|oui| C(Fin)
            B -->|non| A
        ```

        ```dot
        digraph { a -> b; a -> c }
        ```

        ```mermaid
        sequenceDiagram
            Alice->>Bob: Bonjour
        ```

        """";

    static readonly string[] Admonitions =
        ["note", "tip", "warning", "danger", "example", "abstract", "info", "success", "question", "quote", "bug", "failure", "capytale", "voc", "gear", "aide", "exercice", "autre"];

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
