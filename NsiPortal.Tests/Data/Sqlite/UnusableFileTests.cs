using NsiPortal.Support;

namespace NsiPortal.Data.Sqlite;

/// <summary>A file or a folder with which the portal cannot begin: one French line, exit code 2.</summary>
[Trait("Database", "SQLite")]
public sealed class UnusableFileTests : IAsyncDisposable
{
    readonly TempFolder data = new();

    public ValueTask DisposeAsync() => data.DisposeAsync();

    [Theory]
    [InlineData("serve")]
    [InlineData("migrate")]
    [InlineData("seed")]
    public async Task A_folder_that_cannot_be_made_is_named(string command)
    {
        await File.WriteAllTextAsync(data["fichier"], "");
        var folder = Path.Combine(data["fichier"], "data");
        var ending = await PortalProcess.RunAsync([command], $"PORTAL_DATA={folder}");
        Assert.StartsWith($"Le dossier de données {folder} ne peut pas être créé ou écrit.", ending.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_cannot_be_opened_is_named()
    {
        Directory.CreateDirectory(data["portal.db"]);
        Assert.StartsWith($"La base {data["portal.db"]} ne peut pas être écrite.", (await RunAsync(["migrate"])).Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_told()
    {
        await File.WriteAllBytesAsync(data["portal.db"], [.. Enumerable.Range(0, 9000).Select(i => (byte)(i * 7))]);
        Assert.StartsWith($"La base {data["portal.db"]} est abîmée.", (await RunAsync(["migrate"])).Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_another_program_is_told()
    {
        await data.ExecuteAsync("CREATE TABLE Courses (Nom TEXT)");
        Assert.StartsWith($"Le fichier {data["portal.db"]} n’est pas une base du portail", (await RunAsync(["migrate"])).Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_another_program_locks_is_given_up_in_time()
    {
        await using var other = await data.ConnectAsync();
        await other.ExecuteAsync("PRAGMA locking_mode = exclusive; BEGIN EXCLUSIVE; CREATE TABLE t (x)");
        var ending = await RunAsync(["migrate"], "Data__BusySeconds=1");
        Assert.StartsWith($"La base {data["portal.db"]} est verrouillée par un autre programme.", ending.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_that_takes_no_more_is_told()
    {
        // A limit on the size of files is met like a full disk, and needs no right to mount one. The runtime's own large mapping is switched off.
        await using var portal = PortalProcess.Start("bash", ["-c", $"trap '' XFSZ; ulimit -f 20; exec dotnet '{PortalProcess.Program}' migrate"],
            [.. data.Variables, "DOTNET_EnableWriteXorExecute=0"]);
        Assert.StartsWith($"Le disque qui contient {data["portal.db"]} signale une erreur, ou il est plein", (await portal.EndAsync()).Refusal(), StringComparison.Ordinal);
    }

    Task<Ending> RunAsync(string[] arguments, params string[] environment) => PortalProcess.RunAsync(arguments, [.. data.Variables, .. environment]);
}
