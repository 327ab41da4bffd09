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
    [InlineData("cache", "bidule")]
    [InlineData("cache", "clear", "bidule")]
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
    [InlineData("--Cache:Long=02:00:00", "Long : de 00:00:01 à 01:30:00.")]
    [InlineData("--Cache:TokenLease=00:00:02", "TokenLease : de 00:00:00 à 00:00:01.")]
    [InlineData("--Data:BusySeconds=0", "BusySeconds")]
    public async Task A_setting_that_makes_no_sense_is_named(string setting, string said)
    {
        await data.MigrateAsync();
        Assert.Contains(said, (await RunAsync(["serve", setting])).Refusal(), StringComparison.Ordinal);
    }

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
        await data.MigrateAsync();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var ending = await RunAsync(["serve", $"--urls=http://{other.LocalEndpoint}"]);
        Assert.StartsWith("Un autre programme écoute déjà", ending.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_a_newer_portal_is_left_alone()
    {
        Assert.Equal(0, (await RunAsync(["migrate"])).Code);
        await data.ExecuteAsync("""INSERT INTO "__EFMigrationsHistory" VALUES ('29991231000000_Lendemains', '99')""");
        Assert.Contains("29991231000000_Lendemains", (await RunAsync(["serve"])).Refusal(), StringComparison.Ordinal);
    }

    Task<Ending> RunAsync(string[] arguments, params string[] environment) =>
        PortalProcess.RunAsync(arguments, [.. data.Variables, .. environment]);
}
