using NsiPortal.Support;

namespace NsiPortal.Exchange;

/// <summary>Where an export may be written, and what of a folder it leaves alone.</summary>
public sealed class ExportFolderTests : IAsyncDisposable
{
    readonly TempFolder temp = new();

    public ValueTask DisposeAsync() => temp.DisposeAsync();

    [Fact]
    public async Task A_new_folder_an_empty_one_and_a_link_to_one_are_written()
    {
        Directory.CreateDirectory(temp["vide"]);
        Directory.CreateDirectory(temp["ailleurs"]);
        Directory.CreateSymbolicLink(temp["lien"], temp["ailleurs"]);
        foreach (var name in new[] { "neuf", "vide", "lien", "avec-barre/" }) await WriteAsync(name);
        foreach (var name in new[] { "neuf", "vide", "ailleurs", "avec-barre" })
            Assert.Equal(["01-un.md", "cours.yml", "figures/a.svg"], Files(name));
        Assert.NotNull(new DirectoryInfo(temp["lien"]).LinkTarget);
        Assert.Equal(5, Directory.EnumerateFileSystemEntries(temp.Path).Count());
    }

    [Fact]
    public async Task The_same_course_is_replaced_and_what_is_not_of_it_stays()
    {
        await WriteAsync("cours");
        Write("cours/01-un.md", Chapter("Un titre changé dans le dossier"));
        Write("cours/02-brouillon.md", Chapter("Un chapitre que le portail n’a pas"));
        Write("cours/notes.txt", "Les miennes.");
        Write("cours/README.md", "Pas un chapitre.\n");
        Write("cours/.gitignore", "*~\n");
        Write("cours/Plan.odt", "");
        Directory.CreateDirectory(temp["cours/.git"]);

        Assert.Equal(["02-brouillon.md", "notes.txt"], await WriteAsync("cours"));

        Assert.Equal([".gitignore", "01-un.md", "02-brouillon.md", "Plan.odt", "README.md", "cours.yml", "figures/a.svg", "notes.txt"], Files("cours"));
        Assert.Equal(Chapter("Un"), File.ReadAllText(temp["cours/01-un.md"]));
    }

    [Fact]
    public async Task Pruning_deletes_chapters_and_files_and_nothing_else()
    {
        await WriteAsync("cours");
        Write("cours/02-brouillon.md", Chapter("Un chapitre que le portail n’a pas"));
        Write("cours/notes.txt", "");
        Write("cours/README.md", "Pas un chapitre.\n");
        Write("cours/.gitignore", "*~\n");
        Assert.Equal(["02-brouillon.md", "notes.txt"], await WriteAsync("cours", prune: true));
        Assert.Equal([".gitignore", "01-un.md", "README.md", "cours.yml", "figures/a.svg"], Files("cours"));
    }

    [Fact]
    public async Task The_former_file_of_a_chapter_that_has_another_number_is_replaced()
    {
        await WriteAsync("cours");
        File.Move(temp["cours/01-un.md"], temp["cours/07-un.md"]);
        File.Move(temp["cours/figures/a.svg"], temp["cours/a.svg"]);
        Write("cours/08-cours.md", Chapter("Un chapitre qui s’appelle comme cours.yml"));
        Assert.Equal(["08-cours.md"], await WriteAsync("cours"));
        Assert.Equal(["01-un.md", "08-cours.md", "cours.yml", "figures/a.svg"], Files("cours"));
    }

    [Theory]
    [InlineData("fichier", "« {0} » est un fichier")]
    [InlineData("photos", "n’est pas vide, et il ne contient pas le cours « essai »")]
    [InlineData("autre-cours", "n’est pas vide, et il ne contient pas le cours « essai »")]
    [InlineData("cours-abime", "n’est pas vide, et il ne contient pas le cours « essai »")]
    [InlineData("nulle/part", "Le dossier qui doit contenir « {0} » n’existe pas.")]
    [InlineData("fichier/dedans", "Le dossier qui doit contenir « {0} » n’existe pas.")]
    [InlineData("boucle", "ne peut pas être écrit")]
    [InlineData("cours-a-lien", "« figures » est un lien vers un autre dossier")]
    [InlineData("cours-a-fichier", "« figures » est un fichier")]
    [InlineData("cours-a-dossier", "« 01-un.md » est un dossier")]
    [InlineData("cours-a-dossiers", "« figures/a.svg » est un dossier")]
    public async Task Anything_else_is_refused_and_left_as_it_was(string name, string reason)
    {
        Write("fichier", "À garder.");
        foreach (var made in new[] { "photos", "autre-cours", "cours-abime", "cours-a-lien", "cours-a-fichier", "cours-a-dossier/01-un.md", "cours-a-dossiers/figures/a.svg" }) Directory.CreateDirectory(temp[made]);
        Write("photos/vacances.jpg", "À garder.");
        Write("autre-cours/cours.yml", Course("autre"));
        Write("cours-abime/cours.yml", "titre: [\n");
        foreach (var course in new[] { "cours-a-lien", "cours-a-fichier", "cours-a-dossier", "cours-a-dossiers" }) Write($"{course}/cours.yml", Course("essai") + "resume: À garder.\n");
        Write("cours-a-fichier/figures", "À garder.");
        Directory.CreateSymbolicLink(temp["cours-a-lien/figures"], temp["photos"]);
        File.CreateSymbolicLink(temp["boucle"], temp["boucle"]);
        var before = Texts();

        var refused = await Assert.ThrowsAsync<FolderRefusedException>(() => WriteAsync(name));

        Assert.Contains(string.Format(System.Globalization.CultureInfo.InvariantCulture, reason, temp[name]), refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, Texts());
        List<string> Texts() => Files(".").ConvertAll(path => $"{path} {File.ReadAllText(temp[path])}");
    }

    [Fact]
    public async Task A_link_in_the_folder_is_replaced_and_not_written_through()
    {
        await WriteAsync("cours");
        Write("secret", "À garder.");
        File.Delete(temp["cours/01-un.md"]);
        File.CreateSymbolicLink(temp["cours/01-un.md"], temp["secret"]);
        await WriteAsync("cours");
        Assert.Equal("À garder.", File.ReadAllText(temp["secret"]));
        Assert.Null(new FileInfo(temp["cours/01-un.md"]).LinkTarget);
    }

    [Fact]
    public async Task An_export_that_was_killed_is_no_obstacle_and_the_next_removes_what_it_left()
    {
        const string killed = ".export-0123456789abcdef0123456789abcdef";
        foreach (var name in new[] { "cours", "neuf" })
        {
            var left = name == "neuf" ? name + killed : $"{name}/{killed}";
            Directory.CreateDirectory(temp[left]);
            Write($"{left}/cours.yml", "");
        }

        Directory.CreateDirectory(temp["neuf.export-mes-notes"]);
        foreach (var name in new[] { "cours", "neuf" })
        {
            await WriteAsync(name);
            Assert.Equal(["01-un.md", "cours.yml", "figures/a.svg"], Files(name));
        }

        Assert.Equal(["cours", "neuf", "neuf.export-mes-notes"], Directory.EnumerateDirectories(temp.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(["figures"], Directory.EnumerateDirectories(temp["cours"]).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("cours")]
    [InlineData("neuf")]
    public async Task A_file_that_cannot_be_written_leaves_nothing_behind(string name)
    {
        await WriteAsync("cours");
        Write("cours/01-un.md", Chapter("Dans le dossier"));
        var before = Files(".");
        // A name that no disk takes, after files that it does.
        var export = new CourseExport("essai", [.. Export.Files, new ExportedFile(new string('a', 300), [])], []);
        await Assert.ThrowsAsync<FolderRefusedException>(() => ExportFolder.WriteAsync(export, temp[name], prune: true, CancellationToken.None));
        Assert.Equal(before, Files("."));
        Assert.Equal(Chapter("Dans le dossier"), File.ReadAllText(temp["cours/01-un.md"]));
    }

    static CourseExport Export => new(
        "essai",
        [Exported("cours.yml", Course("essai")), Exported("01-un.md", Chapter("Un")), Exported("figures/a.svg", "<svg/>")], []);

    static ExportedFile Exported(string path, string text) => new(path, System.Text.Encoding.UTF8.GetBytes(text));

    static string Course(string slug) => $"titre: Essai\nadresse: {slug}\nniveau: snt\n";

    static string Chapter(string title) => $"---\ntitre: {title}\n---\n\nTexte.\n";

    Task<IReadOnlyList<string>> WriteAsync(string name, bool prune = false) => ExportFolder.WriteAsync(Export, temp[name], prune, CancellationToken.None);

    void Write(string name, string text) => File.WriteAllText(temp[name], text);

    List<string> Files(string name) =>
    [
        .. Directory.EnumerateFiles(temp[name], "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Select(path => Path.GetRelativePath(temp[name], path)).Order(StringComparer.Ordinal),
    ];
}
