using System.Diagnostics;
using System.Net.Sockets;
using NsiPortal.Support;

namespace NsiPortal.Exchange;

/// <summary>Folders that are broken on purpose or by accident: each fault is told in one line, and the rest is read.</summary>
public sealed class HostileFolderTests : IAsyncDisposable
{
    readonly TempFolder temp = new();
    readonly string folder;

    public HostileFolderTests()
    {
        folder = temp["cours"];
        Directory.CreateDirectory(folder);
        Write("cours.yml", "titre: Mon cours\nniveau: terminale\n");
        Write("01-bon.md", "---\ntitre: Bon\n---\n\nDu texte.\n");
    }

    public ValueTask DisposeAsync() => temp.DisposeAsync();

    [Theory]
    [InlineData("02-lourd.md", "le fichier dépasse 1 Mo")]
    [InlineData("lourd.png", "le fichier dépasse 5 Mo")]
    public async Task A_file_of_a_gigabyte_is_refused_without_being_read(string name, string reason)
    {
        // Sparse: it takes no room on the disk, and would in memory.
        await using (var file = File.Create(Path.Combine(folder, name))) file.SetLength(1024L * 1024 * 1024);
        var before = GC.GetTotalAllocatedBytes();
        await OnlyProblemAsync(name, reason);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 100 * 1024 * 1024);
    }

    [Theory]
    [InlineData("02-tuyau.md")]
    [InlineData("tuyau.svg")]
    [InlineData("figures/tuyau.svg")]
    public async Task A_pipe_is_not_waited_for(string name)
    {
        Directory.CreateDirectory(Path.Combine(folder, "figures"));
        using (var made = Process.Start("mkfifo", [Path.Combine(folder, name)])!) await made.WaitForExitAsync();
        await OnlyProblemAsync(name, "ce n’est pas un fichier ordinaire");
    }

    [Fact]
    public async Task A_pipe_in_place_of_the_course_is_told()
    {
        File.Delete(Path.Combine(folder, "cours.yml"));
        using (var made = Process.Start("mkfifo", [Path.Combine(folder, "cours.yml")])!) await made.WaitForExitAsync();
        var reading = await ReadAsync();
        Assert.Null(reading.Course);
        Assert.Equal(new Problem("cours.yml", 1, "ce n’est pas un fichier ordinaire"), Assert.Single(reading.Problems));
    }

    [Fact]
    public async Task A_socket_is_told()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(folder, "prise.svg")));
        await OnlyProblemAsync("prise.svg", "ce n’est pas un fichier ordinaire");
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/stdin")]
    public async Task A_link_to_a_device_is_not_followed(string device)
    {
        File.CreateSymbolicLink(Path.Combine(folder, "infini.svg"), device);
        await OnlyProblemAsync("infini.svg", RegularFile.Link);
    }

    [Fact]
    public async Task Links_that_turn_in_a_circle_are_told()
    {
        File.CreateSymbolicLink(Path.Combine(folder, "02-boucle.md"), Path.Combine(folder, "03-boucle.md"));
        File.CreateSymbolicLink(Path.Combine(folder, "03-boucle.md"), Path.Combine(folder, "02-boucle.md"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "figures"), folder);
        var reading = await ReadAsync();
        Assert.Equal(["figures", "02-boucle.md", "03-boucle.md"], reading.Problems.Select(p => p.File));
        Assert.All(reading.Problems, problem => Assert.Equal(RegularFile.Link, problem.Reason));
        Assert.Equal("bon", Assert.Single(reading.Chapters).Slug);
    }

    [Fact]
    public async Task The_folder_itself_may_be_a_link()
    {
        Directory.CreateSymbolicLink(temp["lien"], folder);
        var reading = await CourseFolder.ReadAsync(temp["lien"], CancellationToken.None);
        Assert.Empty(reading.Problems);
        Assert.Single(reading.Chapters);
    }

    [Fact]
    public async Task What_hides_belongs_to_other_programs()
    {
        foreach (var name in new[] { ".gitignore", ".DS_Store", "._01-bon.md", ".md", "..svg" }) Write(name, "\0");
        Directory.CreateDirectory(Path.Combine(folder, ".git"));
        Directory.CreateDirectory(Path.Combine(folder, "02-dossier.md"));
        var reading = await ReadAsync();
        Assert.Empty(reading.Problems);
        Assert.Single(reading.Chapters);
        Assert.Empty(reading.Files);
    }

    [Fact]
    public async Task Thousands_of_files_are_read_up_to_a_limit_that_is_told()
    {
        for (var i = 0; i < 2100; i++) Write($"donnees-{i:D4}.txt", "");
        var reading = await ReadAsync();
        Assert.Equal(new Problem("donnees-1998.txt", 1, "le dossier a plus de 2000 fichiers : à partir de celui-ci, ils ne sont pas lus"), Assert.Single(reading.Problems));
        Assert.Equal((1, 1998), (reading.Chapters.Count, reading.Files.Count));
    }

    [Fact]
    public async Task Files_that_weigh_too_much_together_are_left_out()
    {
        var large = new byte[5 * 1024 * 1024];
        for (var i = 0; i < 21; i++) await File.WriteAllBytesAsync(Path.Combine(folder, $"image-{i:D2}.png"), large);
        var reading = await ReadAsync();
        Assert.Equal(["image-19.png", "image-20.png"], reading.Problems.Select(p => p.File));
        Assert.All(reading.Problems, problem => Assert.Equal("avec ce fichier, le dossier dépasse 100 Mo", problem.Reason));
        Assert.Equal(19, reading.Files.Count);
    }

    [Theory]
    [InlineData("deux\nlignes.svg", "deux\\u000Alignes.svg:1 : ")]
    [InlineData("rouge\u001b[31m.svg", "rouge\\u001B[31m.svg:1 : ")]
    [InlineData("gvs.\u202egnp.exe", "gvs.\\u202Egnp.exe:1 : ")]
    public async Task A_name_cannot_write_lines_of_its_own(string name, string said)
    {
        Write(name, "");
        Assert.StartsWith(said, Assert.Single((await ReadAsync()).Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_cannot_write_lines_or_pages_of_its_own()
    {
        Write("02-crieur.md", $"---\ntitre: Bon\nadresse: \"a\\nerreur: rien\"\n---\n");
        Write("03-bavard.md", $"---\ntitre: Bon\nadresse: {new string('a', 100_000)}\n---\n");
        var said = (await ReadAsync()).Problems.Select(problem => problem.ToString()).ToList();
        Assert.Equal("02-crieur.md:3 : « a\\u000Aerreur: rien » n’est pas une adresse : minuscules, chiffres et tirets", said[0]);
        Assert.InRange(said[1].Length, 1, 500);
    }

    [Fact]
    public async Task A_text_with_a_null_character_is_left_out()
    {
        Write("02-nul.md", "---\ntitre: Nul\n---\n\nUn\0 nul.\n");
        var problem = Assert.Single((await ReadAsync()).Problems);
        Assert.Equal(new Problem("02-nul.md", 5, "le texte contient un caractère nul"), problem);
    }

    [Fact]
    public async Task A_folder_that_changes_meanwhile_is_read_in_whole_files()
    {
        var texts = new[] { new string('a', 500_000), new string('b', 900_000) };
        using var done = new CancellationTokenSource();
        var changes = 0;
        var writer = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                File.WriteAllText(temp["suivant"], $"---\ntitre: Mouvant\n---\n\n{texts[changes % 2]}");
                File.Move(temp["suivant"], Path.Combine(folder, "02-mouvant.md"), overwrite: true);
                if (Interlocked.Increment(ref changes) % 3 == 0) File.Delete(Path.Combine(folder, "02-mouvant.md"));
                Write("nouveau.txt", "passager");
                File.Delete(Path.Combine(folder, "nouveau.txt"));
            }
        });

        while (Volatile.Read(ref changes) < 100 && !writer.IsCompleted)
        {
            var reading = await ReadAsync();
            Assert.NotNull(reading.Course);
            Assert.Equal("bon", reading.Chapters[0].Slug);
            Assert.All(reading.Chapters.Skip(1), chapter => Assert.Contains(chapter.Markdown, texts));
        }

        await done.CancelAsync();
        await writer;
        Assert.True(changes >= 100);
    }

    async Task OnlyProblemAsync(string file, string reason)
    {
        var reading = await ReadAsync();
        Assert.Equal(new Problem(file, 1, reason), Assert.Single(reading.Problems));
        Assert.NotNull(reading.Course);
        Assert.Equal("bon", Assert.Single(reading.Chapters).Slug);
        Assert.Empty(reading.Files);
    }

    Task<CourseFolderReading> ReadAsync() => CourseFolder.ReadAsync(folder, CancellationToken.None);

    void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);
}
