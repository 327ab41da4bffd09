using System.Net;
using System.Net.Sockets;
using NsiPortal.Support;

namespace NsiPortal.Commands;

/// <summary>What the portal cannot begin with: one French line on standard error, no stack trace, exit code 2.</summary>
public sealed class BadInputTests : IAsyncDisposable
{
    readonly TempFolder data = new();

    public ValueTask DisposeAsync() => data.DisposeAsync();

    [Theory]
    [InlineData("bidule")]
    [InlineData("--bidule")]
    [InlineData("migrate", "--bidule")]
    [InlineData("seed", "bidule")]
    [InlineData("course", "bidule")]
    [InlineData("course", "import", "dossier", "bidule")]
    [InlineData("course", "export", "adresse", "dossier", "--bidule")]
    public async Task An_unknown_command_or_option_is_named(params string[] arguments) =>
        Assert.Equal($"« {arguments[^1]} » n’est ni une commande ni une option. Essayez --help.", (await RunAsync(arguments)).Refusal());

    [Theory]
    [InlineData("--urls=bidule", "« bidule » n’est pas une adresse où écouter")]
    [InlineData("--urls=http://127.0.0.1:99999", "n’est pas une adresse où écouter")]
    [InlineData("--urls=https://127.0.0.1:0", "n’est pas une adresse où écouter")]
    [InlineData("--urls=http://192.0.2.1:5080", "Impossible d’écouter à cette adresse")]
    [InlineData("--Portal:PublicUrl=bidule", "Portal:PublicUrl")]
    [InlineData("--Portal:TrustedProxies=bidule", "Portal:TrustedProxies")]
    [InlineData("--Portal:LoadDemo=bidule", "Portal:LoadDemo")]
    [InlineData("--Cache:Long=bidule", "Cache:Long")]
    [InlineData("--Data:BusySeconds=0", "BusySeconds")]
    public async Task A_setting_that_makes_no_sense_is_named(string setting, string said) =>
        Assert.Contains(said, (await RunAsync(["serve", setting])).Refusal(), StringComparison.Ordinal);

    [Theory]
    [InlineData("bidule")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("65536")]
    public async Task A_port_that_is_no_port_is_refused(string port) =>
        Assert.Equal($"PORT : « {port} » n’est pas un numéro de port, de 1 à 65535.", (await RunAsync(["serve"], $"PORT={port}")).Refusal());

    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var ending = await RunAsync(["serve", $"--urls=http://{other.LocalEndpoint}"]);
        Assert.StartsWith("Un autre programme écoute déjà", ending.Refusal(), StringComparison.Ordinal);
    }

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
    public async Task A_database_of_a_newer_portal_is_left_alone()
    {
        await data.ExecuteAsync("CREATE TABLE __EFMigrationsHistory (MigrationId TEXT PRIMARY KEY, ProductVersion TEXT NOT NULL)");
        await data.ExecuteAsync("INSERT INTO __EFMigrationsHistory VALUES ('29991231000000_Lendemains', '99')");
        Assert.Contains("29991231000000_Lendemains", (await RunAsync(["serve"])).Refusal(), StringComparison.Ordinal);
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
            [$"PORTAL_DATA={data.Path}", "DOTNET_EnableWriteXorExecute=0"]);
        Assert.StartsWith($"Le disque qui contient {data["portal.db"]} signale une erreur, ou il est plein", (await portal.EndAsync()).Refusal(), StringComparison.Ordinal);
    }

    Task<Ending> RunAsync(string[] arguments, params string[] environment) =>
        PortalProcess.RunAsync(arguments, [$"PORTAL_DATA={data.Path}", .. environment]);
}
