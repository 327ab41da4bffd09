using System.Net;
using NsiPortal.Support;

namespace NsiPortal.Commands;

/// <summary>Courses as folders, on the command line.</summary>
public sealed class CourseCommandsTests : IAsyncLifetime
{
    readonly TempFolder data = new();
    readonly TempFolder folders = new();

    public CourseCommandsTests()
    {
        Directory.CreateDirectory(folders["essai"]);
        Write("essai/cours.yml", "titre: Essai\nniveau: snt\npublie: true\n");
        Write("essai/01-un.md", "---\ntitre: Un\npublie: true\n---\n\nLe premier texte.\n");
    }

    public async ValueTask InitializeAsync() => await data.MigrateAsync();

    public async ValueTask DisposeAsync()
    {
        await data.DisposeAsync();
        await folders.DisposeAsync();
    }

    [Theory]
    [InlineData("Importe et exporte des cours", "course", "--help")]
    [InlineData("Charge un dossier", "course", "import", "--help")]
    [InlineData("Écrit un cours dans un dossier", "course", "export", "--help")]
    public async Task They_explain_themselves_without_touching_the_data(string said, params string[] arguments)
    {
        var ending = await RunAsync(arguments);
        Assert.Equal((0, ""), (ending.Code, ending.Errors));
        Assert.Contains(said, ending.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(data.Path));
    }

    [Fact]
    public async Task A_course_goes_in_and_comes_out_and_goes_in_elsewhere()
    {
        Write("essai/02-deux.md", "---\ntitre: Deux\n---\n\nSuite.\n");
        var first = await RunAsync("course", "import", folders["essai"]);
        Assert.Equal((0, ""), (first.Code, first.Errors));
        Assert.Contains("Cours « essai » : créé.\n  chapitre un : créé\n  chapitre deux : créé\nChapitres : 2 créé(s). Fichiers : aucun.\n", first.Output, StringComparison.Ordinal);

        var export = await RunAsync("course", "export", "essai", folders["sortie"]);
        Assert.Equal((0, ""), (export.Code, export.Errors));
        Assert.Contains($"Cours « essai » : 3 fichier(s) écrit(s) dans {folders["sortie"]}.\n", export.Output, StringComparison.Ordinal);

        var second = await RunAsync("course", "import", folders["sortie"]);
        Assert.Equal((0, ""), (second.Code, second.Errors));
        Assert.Contains("Cours « essai » : inchangé.\nChapitres : 2 inchangé(s). Fichiers : aucun.\n", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_beside_a_portal_that_serves_is_seen_when_the_command_ends()
    {
        await using var host = await PortalHost.StartAsync();
        using var visitor = host.CreateClient();
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.AskAsync("/cours/essai/un")).Status);
        Assert.Equal(0, (await PortalProcess.RunAsync(["course", "import", folders["essai"]], host.Data.Variables)).Code);
        Assert.Contains("Le premier texte.", (await visitor.AskAsync("/cours/essai/un")).Text, StringComparison.Ordinal);
        Assert.True((await visitor.AskAsync("/cours/essai/un")).Hit);

        Write("essai/01-un.md", "---\ntitre: Un\npublie: true\n---\n\nLe texte corrigé.\n");
        Assert.Equal(0, (await PortalProcess.RunAsync(["course", "import", folders["essai"]], host.Data.Variables)).Code);
        Assert.Contains("Le texte corrigé.", (await visitor.AskAsync("/cours/essai/un")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_good_is_loaded_and_the_rest_is_listed()
    {
        Write("essai/02-deux.md", "---\ntitre: Deux\nadresse: Pas Bonne\n---\n");
        Write("essai/programme.exe", "");
        var ending = await RunAsync("course", "import", folders["essai"], "--prune");
        Assert.Equal(1, ending.Code);
        Assert.Equal(
            "02-deux.md:3 : « Pas Bonne » n’est pas une adresse : minuscules, chiffres et tirets\nprogramme.exe:1 : ce type de fichier n’est pas accepté\n", ending.Errors);
        Assert.Contains("  chapitre un : créé\n", ending.Output, StringComparison.Ordinal);
        Assert.Contains("Rien n’a été supprimé", ending.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_course_is_renamed_only_when_that_is_asked_for()
    {
        Assert.Equal(0, (await RunAsync("course", "import", folders["essai"])).Code);
        Write("essai/cours.yml", "titre: Essai\nadresse: epreuve\nancienneAdresse: essai\nniveau: snt\npublie: true\n");

        var refused = await RunAsync("course", "import", folders["essai"]);
        Assert.Equal(1, refused.Code);
        Assert.DoesNotContain("Cours «", refused.Output, StringComparison.Ordinal);
        Assert.StartsWith("Rien n’a été chargé : il n’y a pas de cours « epreuve », mais « essai »", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("relancez avec --rename : « essai » deviendra « epreuve »", refused.Errors, StringComparison.Ordinal);

        var renamed = await RunAsync("course", "import", folders["essai"], "--rename", "--prune");
        Assert.Equal((0, ""), (renamed.Code, renamed.Errors));
        Assert.Contains("Cours « epreuve » : modifié, auparavant « essai ».\n", renamed.Output, StringComparison.Ordinal);
        Assert.Contains("Rien n’a été supprimé : le cours vient de changer d’adresse.", renamed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_a_usable_course_loads_nothing()
    {
        Write("essai/cours.yml", "titre: Essai\nniveau: cp\n");
        var ending = await RunAsync("course", "import", folders["essai"]);
        Assert.Equal(1, ending.Code);
        Assert.StartsWith("cours.yml:2 : le niveau « cp » n’est ni snt", ending.Errors, StringComparison.Ordinal);
        Assert.Contains("Rien n’a été chargé", ending.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(data.Path));
    }

    [Theory]
    [InlineData("nulle-part")]
    [InlineData("essai/cours.yml")]
    [InlineData("boucle")]
    public async Task A_folder_that_is_none_is_refused(string name)
    {
        File.CreateSymbolicLink(folders["boucle"], folders["boucle"]);
        Assert.Equal($"Il n’y a pas de dossier « {folders[name]} » : donnez celui qui contient cours.yml.", (await RunAsync("course", "import", folders[name])).Refusal());
    }

    [Fact]
    [Trait("Database", "SQLite")]
    public async Task A_name_cannot_move_the_cursor_of_the_terminal()
    {
        const string raw = "\u001b[2K";
        Directory.Move(folders["essai"], folders[raw + "essai"]);
        Write(raw + "essai/cours.yml", "titre: Essai\nadresse: essai\nniveau: snt\n");
        var imported = await RunAsync("course", "import", folders[raw + "essai"]);
        Write(raw + $"essai/02-{raw}deux.md", "---\ntitre: Deux\n---\n");
        Ending[] endings =
        [
            imported,
            await RunAsync("course", "import", folders[raw + "rien"]),
            await RunAsync("course", "export", raw, folders["sortie"]),
            await RunAsync("course", "export", "essai", folders[raw + "nulle/part"]),
            await RunAsync("course", "export", "essai", folders[raw + "essai"], "--prune"),
        ];
        Assert.Equal([0, 2, 2, 2, 0], endings.Select(ending => ending.Code));
        Assert.All(endings, ending => Assert.DoesNotContain('\u001b', ending.Output + ending.Errors));
        Assert.Contains("  supprimé : 02-\\u001B[2Kdeux.md\n", endings[^1].Output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Database", "PostgreSQL")]
    public async Task A_course_that_somebody_else_creates_meanwhile_is_told()
    {
        await using var other = await data.ConnectAsync();
        await other.ExecuteAsync("""
            BEGIN;
            INSERT INTO "Courses" ("Slug", "Title", "Summary", "Level", "Position", "Published") VALUES ('essai', 'Le même', '', 1, 0, false)
            """);
        await using var portal = PortalProcess.Start(["course", "import", folders["essai"]], data.Variables);
        await using (var watch = await data.ConnectAsync())
            while ((await watch.RowsAsync("SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND locktype = 'transactionid' AND datname = current_database()")).Count == 0) await Task.Yield();
        await other.ExecuteAsync("COMMIT");
        Assert.Equal("Le cours a été modifié pendant l’import, et rien n’a été chargé : relancez la commande.", (await portal.EndAsync()).Refusal());
    }

    [Fact]
    public async Task A_course_that_is_not_there_is_told()
    {
        Assert.Equal(0, (await RunAsync("migrate")).Code);
        Assert.Equal("Aucun cours n’a l’adresse « bidule ».", (await RunAsync("course", "export", "bidule", folders["sortie"])).Refusal());
    }

    [Fact]
    [Trait("Database", "SQLite")]
    public async Task A_file_without_the_right_to_read_it_is_told_and_the_others_are_loaded()
    {
        Write("essai/02-deux.md", "---\ntitre: Deux\n---\n");
        Write("essai/donnees.csv", "a\n");
        foreach (var name in new[] { "essai/02-deux.md", "essai/donnees.csv" }) Allow(name, UnixFileMode.None);
        var ending = await RunWithoutPrivilegesAsync("course", "import", folders["essai"]);
        Assert.Equal((1, "02-deux.md:1 : le droit de lire ce fichier manque\ndonnees.csv:1 : le droit de lire ce fichier manque\n"), (ending.Code, ending.Errors));
        Assert.Contains("Chapitres : 1 créé(s). Fichiers : aucun.", ending.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Database", "SQLite")]
    public async Task A_folder_without_the_right_to_read_it_is_refused()
    {
        Allow("essai", UnixFileMode.None);
        var ending = await RunWithoutPrivilegesAsync("course", "import", folders["essai"]);
        Allow("essai", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.EndsWith("ne peut pas être lu : vérifiez ses droits.", ending.Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ferme")]
    [InlineData("ferme/neuf")]
    [Trait("Database", "SQLite")]
    public async Task A_folder_without_the_right_to_write_it_is_refused(string name)
    {
        await RunAsync("course", "import", folders["essai"]);
        Directory.CreateDirectory(folders["ferme"]);
        Allow("ferme", UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var ending = await RunWithoutPrivilegesAsync("course", "export", "essai", folders[name]);
        Allow("ferme", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal($"Le dossier « {folders[name]} » ne peut pas être écrit : vérifiez ses droits.", ending.Refusal());
        Assert.Empty(Directory.EnumerateFileSystemEntries(folders["ferme"]));
    }

    [Fact]
    [Trait("Database", "SQLite")]
    public async Task A_folder_of_figures_without_the_right_to_write_it_keeps_the_former_export()
    {
        Directory.CreateDirectory(folders["essai/figures"]);
        Write("essai/figures/a.svg", "<svg/>");
        await RunAsync("course", "import", folders["essai"]);
        await RunAsync("course", "export", "essai", folders["sortie"]);
        Write("essai/cours.yml", "titre: Un autre titre\nniveau: snt\n");
        await RunAsync("course", "import", folders["essai"]);
        var before = Contents("sortie");

        Allow("sortie/figures", UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var ending = await RunWithoutPrivilegesAsync("course", "export", "essai", folders["sortie"]);
        Allow("sortie/figures", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.EndsWith("ne peut pas être écrit : vérifiez ses droits.", ending.Refusal(), StringComparison.Ordinal);
        Assert.Equal(before, Contents("sortie"));
    }

    [Fact]
    [Trait("Database", "SQLite")]
    public async Task A_disk_that_is_full_keeps_the_former_export()
    {
        Write("essai/02-court.md", "---\ntitre: Court\n---\n\nDu texte.\n");
        Assert.Equal(0, (await RunAsync("course", "import", folders["essai"])).Code);
        Assert.Equal(0, (await RunAsync("course", "export", "essai", folders["sortie"])).Code);
        await File.WriteAllBytesAsync(folders["essai/donnees.csv"], new byte[200_000]);
        Write("essai/02-court.md", "---\ntitre: Court\n---\n\nDu texte plus récent.\n");
        Assert.Equal(0, (await RunAsync("course", "import", folders["essai"])).Code);
        var before = Contents("sortie");

        // A limit on the size of files is met like a full disk, and needs no right to mount one. The runtime's own large mapping is switched off.
        await using var portal = PortalProcess.Start(
            "bash", ["-c", $"trap '' XFSZ; ulimit -f 100; exec dotnet '{PortalProcess.Program}' course export essai '{folders["sortie"]}'"],
            [.. data.Variables, "DOTNET_EnableWriteXorExecute=0"]);

        Assert.StartsWith($"Le dossier « {folders["sortie"]} » ne peut pas être écrit, ou le disque est plein", (await portal.EndAsync()).Refusal(), StringComparison.Ordinal);
        Assert.Equal(before, Contents("sortie"));
    }

    [Fact]
    [Trait("Database", "SQLite")]
    public async Task A_database_that_takes_no_more_keeps_what_it_had()
    {
        Assert.Equal(0, (await RunAsync("course", "import", folders["essai"])).Code);
        await File.WriteAllBytesAsync(folders["essai/donnees.csv"], new byte[2_000_000]);
        Write("essai/01-un.md", "---\ntitre: Un\npublie: true\n---\n\nUn texte de trop.\n");
        await using (var portal = PortalProcess.Start(
            "bash", ["-c", $"trap '' XFSZ; ulimit -f 1000; exec dotnet '{PortalProcess.Program}' course import '{folders["essai"]}'"],
            [.. data.Variables, "DOTNET_EnableWriteXorExecute=0"]))
            Assert.StartsWith("La base a refusé l’import, dont rien n’a été chargé à moitié", (await portal.EndAsync()).Refusal(), StringComparison.Ordinal);

        Assert.Equal(0, (await RunAsync("course", "export", "essai", folders["sortie"])).Code);
        Assert.Contains("Le premier texte.", await File.ReadAllTextAsync(folders["sortie/01-un.md"]), StringComparison.Ordinal);
        Assert.False(File.Exists(folders["sortie/donnees.csv"]));
    }

    /// <summary>Root reads and writes everything; without two of its capabilities it is like anybody.</summary>
    async Task<Ending> RunWithoutPrivilegesAsync(params string[] arguments)
    {
        if (!Environment.IsPrivilegedProcess) return await RunAsync(arguments);
        await using var portal = PortalProcess.Start(
            "setpriv", ["--bounding-set=-dac_override,-dac_read_search", "dotnet", PortalProcess.Program, .. arguments], data.Variables);
        return await portal.EndAsync();
    }

    Task<Ending> RunAsync(params string[] arguments) => PortalProcess.RunAsync(arguments, data.Variables);

    void Allow(string name, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folders[name], mode);
    }

    List<string> Contents(string name) =>
        [.. Directory.EnumerateFiles(folders[name], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => $"{path} {File.ReadAllText(path)}")];

    void Write(string name, string text) => File.WriteAllText(folders[name], text);
}
