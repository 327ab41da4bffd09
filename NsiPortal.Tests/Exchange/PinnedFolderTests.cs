using NsiPortal.Support;

namespace NsiPortal.Exchange;

public sealed class PinnedFolderTests : IAsyncDisposable
{
    readonly TempFolder temp = new();

    public PinnedFolderTests()
    {
        foreach (var name in new[] { "figures", "ailleurs" }) Directory.CreateDirectory(temp[name]);
        File.WriteAllText(temp["figures/a.svg"], "<svg/>");
        File.WriteAllText(temp["ailleurs/a.svg"], "le secret");
    }

    public ValueTask DisposeAsync() => temp.DisposeAsync();

    [Fact]
    public async Task What_takes_its_place_while_it_is_read_is_not_read()
    {
        using var figures = new PinnedFolder(temp["figures"]);
        Directory.Move(temp["figures"], temp["figures-d-avant"]);
        Directory.CreateSymbolicLink(temp["figures"], temp["ailleurs"]);

        var file = Assert.Single(Directory.EnumerateFiles(figures.Path));

        Assert.Equal("<svg/>"u8.ToArray(), await RegularFile.ReadAsync(file, 100, CancellationToken.None));
    }

    [Fact]
    public void A_link_is_refused()
    {
        Directory.CreateSymbolicLink(temp["lien"], temp["ailleurs"]);
        Assert.Equal(RegularFile.Link, Assert.Throws<UnusableFileException>(() => new PinnedFolder(temp["lien"])).Message);
    }
}
