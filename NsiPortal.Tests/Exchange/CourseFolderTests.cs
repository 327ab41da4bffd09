using System.Diagnostics;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Domain.Courses;
using NsiPortal.Support;

namespace NsiPortal.Exchange;

/// <summary>A course as a folder: what is read, and what is left out with file, line and reason.</summary>
public sealed class CourseFolderTests : IAsyncDisposable
{
    readonly TempFolder temp = new();
    readonly string folder;

    public CourseFolderTests()
    {
        folder = temp["Mon cours d’été"];
        Directory.CreateDirectory(folder);
        Write("cours.yml", "titre: Mon cours\nniveau: terminale\npublie: true\n");
        Write("01-bon.md", "---\ntitre: Bon\n---\n\nDu texte.\n");
    }

    public ValueTask DisposeAsync() => temp.DisposeAsync();

    [Fact]
    public async Task A_course_is_read_with_its_chapters_in_order_and_its_files()
    {
        Write("cours.yml", "titre: Mon cours\nadresse: ete\nniveau: snt\nresume: Court.\nposition: 3\npublie: true\nauteur: Ada\nlicence: CC BY-SA\n");
        Write("10-dernier.md", "---\ntitre: Dernier\nresume: Fin.\ncontenus: [T-BDD-4, P-TAB-1]\npublie: true\n---\n# Fin\n");
        Write("02_second.md", "---\ntitre: Second\nadresse: le-deuxieme\n---\nSuite.\n");
        Write("donnees.csv", "a;b\n");
        Directory.CreateDirectory(Path.Combine(folder, "figures"));
        Write("figures/arbre.svg", "<svg/>");

        var reading = await ReadAsync();

        Assert.Empty(reading.Problems);
        Assert.Equal(new CourseSource("ete", null, "Mon cours", "Court.", Level.Snt, 3, true, null, "Ada", "CC BY-SA"), reading.Course);
        Assert.Equal([("bon", 1, false), ("le-deuxieme", 2, false), ("dernier", 10, true)], reading.Chapters.Select(c => (c.Slug, c.Position, c.Published)));
        Assert.Equal(["T-BDD-4", "P-TAB-1"], reading.Chapters[2].Contents);
        Assert.Equal(("Fin.", "# Fin\n"), (reading.Chapters[2].Summary, reading.Chapters[2].Markdown));
        Assert.Equal(
            [("donnees.csv", "donnees.csv", "text/csv; charset=utf-8"), ("figures/arbre.svg", "arbre.svg", "image/svg+xml")],
            reading.Files.Select(f => (f.Path, f.Name, f.MediaType)));
    }

    [Fact]
    public async Task A_course_without_address_takes_the_name_of_its_folder() => Assert.Equal("mon-cours-d-ete", (await ReadAsync()).Course!.Slug);

    [Theory]
    [InlineData("Pas d’en-tête.\n", 1, "en-tête YAML entre deux lignes")]
    [InlineData("---\ntitre: Jamais fermé\n", 1, "en-tête YAML entre deux lignes")]
    [InlineData("---\n---\nTexte.\n", 1, "la clé « titre » manque")]
    [InlineData("---\ntitre: \"  \"\n---\n", 2, "la clé « titre » manque")]
    [InlineData("---\ntitre: Bon\ncontenus: [T-BDD-4, T-BDD-99]\n---\n", 3, "le programme n’a pas de contenu « T-BDD-99 »")]
    [InlineData("---\ntitre: Bon\nadresse: Pas Bonne\n---\n", 3, "« Pas Bonne » n’est pas une adresse")]
    [InlineData("---\ntitre: Bon\nresume: a\ntitre: Encore\n---\n", 4, "la clé « titre » est écrite deux fois")]
    [InlineData("---\ntitre: Bon\nresume: \"jamais fermé\n---\n", 3, "l’en-tête YAML est illisible")]
    [InlineData("---\ntitre: Bon\ninconnue: 1\n---\n", 3, "la clé « inconnue » est inconnue")]
    [InlineData("---\ntitre: Bon\npublie: peut-être\n---\n", 3, "peut-être")]
    [InlineData("---\ntitre: [une, liste]\n---\n", 2, "la clé « titre » attend un texte")]
    [InlineData("---\ntitre: Bon\ncontenus: T-BDD-4\n---\n", 3, "la clé « contenus » attend une liste")]
    [InlineData("---\ntitre: *absente\n---\n", 2, "la clé « titre » attend un texte")]
    [InlineData("---\n- une\n- liste\n---\n", 2, "l’en-tête s’écrit « clé: valeur »")]
    [InlineData("---\n? [une, clé]\n: Bon\n---\n", 2, "l’en-tête s’écrit « clé: valeur »")]
    [InlineData("---\ntitre:\n  une: carte\n---\n", 3, "la clé « titre » attend un texte")]
    [InlineData("---\ntitre: Bases : SQL\n---\n", 2, "s’écrit entre guillemets droits")]
    [InlineData("---\ntitre: \"surrogat \\ud800\"\n---\n", 2, "l’en-tête YAML est illisible")]
    [InlineData("---\ntitre: Bon\nposition: deux\n---\n", 3, "la clé « position » attend un nombre entier, pas « deux »")]
    [InlineData("---\nresume: Rien\ntitre:\n---\n", 3, "la clé « titre » manque")]
    [InlineData("---\ntitre: \"nul \\0\"\n---\n", 2, "un caractère nul ou invalide")]
    [InlineData("---\ntitre: Bon\nadresse: bon\n---\n", 3, "un autre chapitre a déjà l’adresse « bon »")]
    [InlineData("---\ntitre: Bon\nadresse: ../../secret\n---\n", 3, "« ../../secret » n’est pas une adresse")]
    [InlineData("---\ntitre: Bon\nancienneAdresse: /etc/passwd\n---\n", 3, "« /etc/passwd » n’est pas une adresse")]
    [InlineData("---\ntitre: !![a]\n---\n", 2, "l’en-tête YAML est illisible")]
    [InlineData("---\ntitre: Bon\ncontenus: [\n%T-BDD-4]\n---\n", 4, "l’en-tête YAML est illisible")]
    public async Task A_broken_chapter_is_told_with_its_line_and_stops_itself_only(string text, int line, string reason)
    {
        Write("02-mauvais.md", text);
        var reading = await ReadAsync();
        var problem = Assert.Single(reading.Problems);
        Assert.Equal(("02-mauvais.md", line), (problem.File, problem.Line));
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
        Assert.Equal($"02-mauvais.md:{line} : {problem.Reason}", problem.ToString());
        Assert.Equal("bon", Assert.Single(reading.Chapters).Slug);
        Assert.NotNull(reading.Course);
    }

    [Theory]
    [InlineData("titre", 161, 2, "la clé « titre » dépasse 160 caractères")]
    [InlineData("resume", 601, 3, "la clé « resume » dépasse 600 caractères")]
    public async Task A_text_that_is_too_long_is_told(string key, int length, int line, string reason)
    {
        var other = key == "titre" ? "" : "titre: Bon\n";
        Write("02-long.md", $"---\n{other}{key}: {new string('a', length)}\n---\n");
        Assert.Equal(new Problem("02-long.md", line, reason), Assert.Single((await ReadAsync()).Problems));
    }

    [Theory]
    [InlineData("niveau: terminale\n", "la clé « titre » manque")]
    [InlineData("titre: Bon\n", "le niveau «  » n’est ni snt")]
    [InlineData("titre: Bon\nniveau: cp\n", "le niveau « cp » n’est ni snt")]
    [InlineData("titre: Bon\nniveau: snt\nadresse: fichiers\n", "« fichiers » n’est pas une adresse")]
    [InlineData("titre: Bon\nniveau: snt\nposition: 99999999999\n", "la clé « position » attend un nombre entier")]
    [InlineData("titre: Bon\nniveau: snt\npublieLe: demain\n", "« demain » n’est pas une date et une heure de Paris")]
    [InlineData("titre: Bon\nniveau: snt\npublieLe: 2026-12-01\n", "« 2026-12-01 » n’est pas une date et une heure de Paris")]
    [InlineData("titre: : :\n", "l’en-tête YAML est illisible")]
    public async Task A_broken_course_is_told_and_its_chapters_are_read_all_the_same(string text, string reason)
    {
        Write("cours.yml", text);
        var reading = await ReadAsync();
        Assert.Null(reading.Course);
        Assert.Equal("cours.yml", reading.Problems[0].File);
        Assert.Contains(reason, Assert.Single(reading.Problems).Reason, StringComparison.Ordinal);
        Assert.Single(reading.Chapters);
    }

    [Theory]
    [InlineData("auteur")]
    [InlineData("licence")]
    public async Task An_author_or_a_licence_that_is_too_long_is_told(string key)
    {
        Write("cours.yml", $"titre: Bon\nniveau: snt\n{key}: {new string('a', 161)}\n");
        Assert.EndsWith("dépasse 160 caractères", Assert.Single((await ReadAsync()).Problems).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auteur")]
    [InlineData("licence")]
    public async Task Blanks_around_an_author_or_a_licence_do_not_count(string key)
    {
        Write("cours.yml", $"titre: Bon\nniveau: snt\n{key}: \"{new string(' ', 200)}Ada\"\n");
        await using var host = await PortalHost.StartAsync();
        var reading = await ReadAsync();
        Assert.Empty(reading.Problems);
        await host.WithDbAsync(db => host.Services.GetRequiredService<CourseImporter>().ImportAsync(db, reading, prune: false, rename: false, CancellationToken.None));
        Assert.Equal("Ada", await host.WithDbAsync(db => db.Courses.Select(c => c.Author ?? c.Licence).SingleAsync()));
    }

    [Fact]
    public async Task A_folder_without_course_file_is_told()
    {
        File.Delete(Path.Combine(folder, "cours.yml"));
        Assert.Equal(new Problem("cours.yml", 1, "le fichier manque"), Assert.Single((await ReadAsync()).Problems));
    }

    [Fact]
    public async Task Of_two_chapters_at_one_address_the_first_is_kept()
    {
        Write("02-bon.md", "---\ntitre: Le second\n---\n");
        var reading = await ReadAsync();
        Assert.Equal(new Problem("02-bon.md", 1, "un autre chapitre a déjà l’adresse « bon »"), Assert.Single(reading.Problems));
        Assert.Equal("Bon", Assert.Single(reading.Chapters).Title);
    }

    [Theory]
    [InlineData("---\ntitre: Bon\n---\nligne 4\nligne 5 \u0001\n", 5)]
    [InlineData("---\ntitre: \u0001\n---\n", 2)]
    [InlineData("\u0001", 1)]
    public async Task Bytes_that_are_no_utf8_are_told_with_their_line(string text, int line)
    {
        // A byte that UTF-8 never has.
        var bytes = Encoding.UTF8.GetBytes(text).Select(b => b == 1 ? (byte)0xE9 : b).ToArray();
        await File.WriteAllBytesAsync(Path.Combine(folder, "02-latin.md"), bytes);
        Assert.Equal(new Problem("02-latin.md", line, "le texte n’est pas en UTF-8"), Assert.Single((await ReadAsync()).Problems));
    }

    [Fact]
    public async Task A_byte_order_mark_and_windows_line_ends_are_read_as_nothing()
    {
        await File.WriteAllBytesAsync(Path.Combine(folder, "02-windows.md"), [0xEF, 0xBB, 0xBF, .. "---\r\ntitre: Été\r\n---\r\nUn\r\nDeux\r\n"u8]);
        var reading = await ReadAsync();
        Assert.Empty(reading.Problems);
        Assert.Equal(("Été", "Un\nDeux\n"), (reading.Chapters[1].Title, reading.Chapters[1].Markdown));
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_told_and_not_read()
    {
        Write("02-gros.md", "---\ntitre: Gros\n---\n" + new string('a', (1024 * 1024) + 1));
        Write("03-enorme.md", new string('a', 2 * 1024 * 1024));
        await File.WriteAllBytesAsync(Path.Combine(folder, "gros.png"), new byte[(5 * 1024 * 1024) + 1]);
        Assert.Equal([("02-gros.md", "le texte dépasse 1 Mo"), ("03-enorme.md", "le fichier dépasse 1 Mo"), ("gros.png", "le fichier dépasse 5 Mo")], (await ReadAsync()).Problems.Select(p => (p.File, p.Reason)));
    }

    [Theory]
    [InlineData("programme.exe", "ce type de fichier n’est pas accepté")]
    [InlineData("page.html", "ce type de fichier n’est pas accepté")]
    [InlineData("script.js", "ce type de fichier n’est pas accepté")]
    [InlineData("image.svg.html", "ce type de fichier n’est pas accepté")]
    [InlineData("sans-extension", "ce type de fichier n’est pas accepté")]
    [InlineData("Majuscule.svg", "un nom de fichier s’écrit en minuscules")]
    [InlineData("une espace.svg", "un nom de fichier s’écrit en minuscules")]
    [InlineData("\"><script>.svg", "un nom de fichier s’écrit en minuscules")]
    [InlineData("deux\nlignes.svg", "un nom de fichier s’écrit en minuscules")]
    [InlineData("%2e%2e%2f.svg", "un nom de fichier s’écrit en minuscules")]
    [InlineData("a\\..\\mauvais.svg", "un nom de fichier s’écrit en minuscules")]
    [InlineData("résumé.txt", "un nom de fichier s’écrit en minuscules")]
    public async Task A_file_of_another_type_or_with_a_hostile_name_is_left_out(string name, string reason)
    {
        Write(name, "contenu");
        var reading = await ReadAsync();
        Assert.StartsWith(reason, Assert.Single(reading.Problems, p => p.File == name).Reason, StringComparison.Ordinal);
        Assert.Empty(reading.Files);
    }

    [Fact]
    public async Task A_name_that_is_too_long_for_the_database_is_left_out()
    {
        Write(new string('a', 157) + ".svg", "<svg/>");
        Assert.Empty((await ReadAsync()).Files);
    }

    [Fact]
    public async Task Two_files_of_one_name_are_told()
    {
        Directory.CreateDirectory(Path.Combine(folder, "figures"));
        Write("a.svg", "<svg/>");
        Write("figures/a.svg", "<svg/>");
        var reading = await ReadAsync();
        Assert.Equal("deux fichiers portent ce nom", Assert.Single(reading.Problems).Reason);
        Assert.Single(reading.Files);
    }

    [Theory]
    [InlineData("cours.yml", "titre: le secret\nniveau: snt\n")]
    [InlineData("02-lien.md", "---\ntitre: le secret\n---\n")]
    [InlineData("secret.txt", "le secret")]
    public async Task A_link_out_of_the_folder_is_not_followed(string name, string text)
    {
        var secret = temp["secret"];
        await File.WriteAllTextAsync(secret, text);
        File.Delete(Path.Combine(folder, name));
        File.CreateSymbolicLink(Path.Combine(folder, name), secret);

        var reading = await ReadAsync();

        Assert.Equal(name, Assert.Single(reading.Problems).File);
        Assert.DoesNotContain("secret", $"{reading.Course}{string.Join(' ', reading.Chapters)}", StringComparison.Ordinal);
        Assert.Empty(reading.Files);
    }

    [Fact]
    public async Task A_folder_of_figures_that_lies_elsewhere_is_not_followed()
    {
        Directory.CreateDirectory(temp["ailleurs"]);
        await File.WriteAllTextAsync(Path.Combine(temp["ailleurs"], "secret.txt"), "le secret");
        Directory.CreateSymbolicLink(Path.Combine(folder, "figures"), temp["ailleurs"]);
        var reading = await ReadAsync();
        Assert.Equal("figures", Assert.Single(reading.Problems).File);
        Assert.Empty(reading.Files);
    }

    [Fact]
    public async Task A_link_to_nothing_is_told()
    {
        File.CreateSymbolicLink(Path.Combine(folder, "02-perdu.md"), temp["nulle-part"]);
        Assert.Equal("02-perdu.md", Assert.Single((await ReadAsync()).Problems).File);
    }

    [Fact]
    public async Task Aliases_that_multiply_and_brackets_that_nest_cost_nothing()
    {
        var bomb = new StringBuilder("---\na: &a [x,x,x,x,x,x,x,x,x,x]\n");
        for (var (before, name) = ('a', 'b'); name <= 'z'; before = name++) bomb.Append(name).Append(": &").Append(name).Append(" [").AppendJoin(',', Enumerable.Repeat($"*{before}", 10)).Append("]\n");
        Write("02-bombe.md", bomb + "titre: *z\ncontenus: *z\n---\n");
        Write("03-bombe.md", "---\ntitre: Bon\ncontenus: &a [*a, *a]\n---\n");
        Write("04-bombe.md", "---\ntitre: " + new string('[', 200_000) + "\n---\n");
        Write("05-bombe.md", "---\n? " + string.Concat(Enumerable.Repeat("[{a: ", 50_000)) + "\n---\n");
        Write("06-bombe.md", "---\n" + string.Concat(Enumerable.Range(0, 3000).Select(i => new string(' ', i) + "a:\n")) + "---\n");
        var start = Stopwatch.StartNew();

        var reading = await ReadAsync();

        Assert.Equal(["02-bombe.md", "03-bombe.md", "04-bombe.md", "05-bombe.md", "06-bombe.md"], reading.Problems.Select(p => p.File));
        Assert.InRange(start.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.Single(reading.Chapters);
    }

    [Theory]
    [InlineData("2026-12-01 08:00", "2026-12-01T07:00:00Z")]
    [InlineData("2027-06-01 08:00:30", "2027-06-01T06:00:30Z")]
    [InlineData("2026-10-25 02:30", "2026-10-25T00:30:00Z")]
    [InlineData("2026-10-25 02:30 +01:00", "2026-10-25T01:30:00Z")]
    public async Task A_publication_is_written_as_the_clock_in_Paris_shows_it(string written, string instant)
    {
        Write("cours.yml", $"titre: Mon cours\nniveau: snt\npublieLe: {written}\n");
        Assert.Equal(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture), (await ReadAsync()).Course!.PublishAt);
    }

    [Fact]
    public async Task A_chapter_says_its_position_when_its_number_does_not()
    {
        Write("02-loin.md", "---\ntitre: Loin\nposition: -7\n---\n");
        Assert.Equal(-7, (await ReadAsync()).Chapters.Single(c => c.Slug == "loin").Position);
    }

    [Theory]
    [InlineData("---\ntitre: Bon\n---", "")]
    [InlineData("---\ntitre: Bon\n---\n", "")]
    [InlineData("---\ntitre: Bon\n---\n\n", "")]
    [InlineData("---\ntitre: Bon\n---\nTexte", "Texte")]
    [InlineData("---\ntitre: Bon\n---\n\n\n\nTexte\n\n", "\n\nTexte\n\n")]
    [InlineData("---\ntitre: Bon\n---\n---\nTexte\n---", "---\nTexte\n---")]
    public async Task One_empty_line_parts_a_header_from_its_text(string file, string markdown)
    {
        Write("02-deux.md", file);
        Assert.Equal(markdown, (await ReadAsync()).Chapters.Single(c => c.Slug == "deux").Markdown);
    }

    Task<CourseFolderReading> ReadAsync() => CourseFolder.ReadAsync(folder, CancellationToken.None);

    void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);
}
