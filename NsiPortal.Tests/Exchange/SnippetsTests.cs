using NsiPortal.Support;

namespace NsiPortal.Exchange;

/// <summary>Files that a chapter includes when its folder is imported, and all that may be wrong with them.</summary>
public sealed class SnippetsTests : IAsyncDisposable
{
    readonly TempFolder temp = new();
    readonly string folder;

    public SnippetsTests()
    {
        folder = temp["cours"];
        Write("cours.yml", "titre: Mon cours\nniveau: terminale\n");
        Write("scripts/tri.py", "# --8<-- [start:tri]\ndef tri(t):\n    return sorted(t)\n# --8<-- [end:tri]\nprint(tri([2, 1]))\n");
    }

    public ValueTask DisposeAsync() => temp.DisposeAsync();

    [Theory]
    [InlineData("--8<-- \"scripts/tri.py\"", "def tri(t):\n    return sorted(t)\nprint(tri([2, 1]))")]
    [InlineData("--8<-- './scripts/tri.py'", "def tri(t):\n    return sorted(t)\nprint(tri([2, 1]))")]
    [InlineData("--8<-- \"scripts/tri.py:tri\"", "def tri(t):\n    return sorted(t)")]
    [InlineData("--8<-- \"scripts/tri.py:2:3\"", "def tri(t):\n    return sorted(t)")]
    [InlineData("--8<-- \"scripts/tri.py:5\"", "print(tri([2, 1]))")]
    [InlineData("--8<--\nscripts/tri.py:2:2\n; scripts/rien.py\n--8<--", "def tri(t):")]
    [InlineData("```python\n--8<-- \"scripts/tri.py:2:2\"\n```", "```python\ndef tri(t):\n```")]
    [InlineData("!!! note\n    --8<-- \"scripts/tri.py:2:3\"", "!!! note\n    def tri(t):\n        return sorted(t)")]
    [InlineData("    ;--8<-- \"scripts/rien.py\"", "    ;--8<-- \"scripts/rien.py\"")]
    [InlineData("Voir --8<-- \"scripts/rien.py\" ici.", "Voir --8<-- \"scripts/rien.py\" ici.")]
    public async Task A_file_is_put_where_it_is_asked_for(string text, string expected)
    {
        Write("01-a.md", $"---\ntitre: A\n---\n\nAvant.\n\n{text}\n\nAprès.\n");

        var reading = await CourseFolder.ReadAsync(folder, TestContext.Current.CancellationToken);

        Assert.Empty(reading.Problems);
        Assert.Equal($"Avant.\n\n{expected}\n\nAprès.\n", Assert.Single(reading.Chapters).Markdown);
    }

    [Fact]
    public async Task A_file_may_include_another_and_leaves_its_own_header()
    {
        Write("extraits/un.md", "---\ntitre: Un\n---\n\nUn.\n\n--8<-- \"extraits/deux.md\"\n");
        Write("extraits/deux.md", "Deux.\n");
        Write("01-a.md", "---\ntitre: A\n---\n\n--8<-- \"extraits/un.md\"\n");

        var reading = await CourseFolder.ReadAsync(folder, TestContext.Current.CancellationToken);

        Assert.Empty(reading.Problems);
        Assert.Equal("Un.\n\nDeux.\n", Assert.Single(reading.Chapters).Markdown);
    }

    [Theory]
    [InlineData("scripts/rien.py", "ne peut pas être inclus : le fichier manque")]
    [InlineData("rien/rien.py", "ne peut pas être inclus : le fichier manque")]
    [InlineData("../secret.txt", "ne désigne pas un fichier du dossier du cours")]
    [InlineData("scripts/../../secret.txt", "ne désigne pas un fichier du dossier du cours")]
    [InlineData("/etc/passwd", "ne désigne pas un fichier du dossier du cours")]
    [InlineData("..\\secret.txt", "ne désigne pas un fichier du dossier du cours")]
    [InlineData(".git/config", "ne désigne pas un fichier du dossier du cours")]
    [InlineData("01-a.md", "s’inclut lui-même")]
    [InlineData("extraits/boucle.md", "s’inclut lui-même (demandé par extraits/retour.md)")]
    [InlineData("scripts/tri.py:autre", "n’a pas la partie « autre »")]
    [InlineData("scripts/tri.py:7:9", "n’a pas la partie « 7:9 »")]
    [InlineData("scripts", "ne peut pas être inclus")]
    public async Task What_cannot_be_included_is_told_with_the_line_of_the_chapter(string name, string reason)
    {
        Write("../secret.txt", "secret");
        Write(".git/config", "secret");
        Write("extraits/boucle.md", "--8<-- \"extraits/retour.md\"\n");
        Write("extraits/retour.md", "--8<-- \"extraits/boucle.md\"\n");
        Write("01-a.md", $"---\ntitre: A\n---\n\nTexte.\n\n--8<-- \"{name}\"\n");

        var reading = await CourseFolder.ReadAsync(folder, TestContext.Current.CancellationToken);

        Assert.Empty(reading.Chapters);
        var problem = Assert.Single(reading.Problems);
        Assert.Equal(("01-a.md", 7), (problem.File, problem.Line));
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem.Reason.Replace(name, "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_a_link_is_not_followed()
    {
        Write("../ailleurs/secret.py", "secret");
        Directory.CreateSymbolicLink(Path.Combine(folder, "lien"), Path.Combine(folder, "../ailleurs"));
        Write("01-a.md", "---\ntitre: A\n---\n\n--8<-- \"lien/secret.py\"\n");

        var reading = await CourseFolder.ReadAsync(folder, TestContext.Current.CancellationToken);

        Assert.Empty(reading.Chapters);
        Assert.Contains("lien", Assert.Single(reading.Problems).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Depth_number_and_size_have_a_limit()
    {
        for (var i = 0; i < 10; i++) Write($"extraits/{i}.md", $"--8<-- \"extraits/{i + 1}.md\"\n");
        Write("extraits/gros.txt", new string('a', 400_000));
        Write("01-a.md", "---\ntitre: Profond\n---\n\n--8<-- \"extraits/0.md\"\n");
        Write("02-b.md", $"---\ntitre: Nombreux\n---\n\n{string.Concat(Enumerable.Repeat("--8<-- \"scripts/tri.py:2:2\"\n", 501))}");
        Write("03-c.md", "---\ntitre: Gros\n---\n\n--8<-- \"extraits/gros.txt\"\n--8<-- \"extraits/gros.txt\"\n--8<-- \"extraits/gros.txt\"\n");

        var reading = await CourseFolder.ReadAsync(folder, TestContext.Current.CancellationToken);

        Assert.Empty(reading.Chapters);
        Assert.Equal([("01-a.md", 5), ("02-b.md", 505), ("03-c.md", 7)], reading.Problems.Select(p => (p.File, p.Line)));
        Assert.Contains("plus de 8 fichiers", reading.Problems[0].Reason, StringComparison.Ordinal);
        Assert.Contains("plus de 500 fichiers", reading.Problems[1].Reason, StringComparison.Ordinal);
        Assert.Contains("dépasse 1 Mo", reading.Problems[2].Reason, StringComparison.Ordinal);
    }

    void Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
