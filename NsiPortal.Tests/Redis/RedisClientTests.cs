using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NsiPortal.Support;

namespace NsiPortal.Redis;

/// <summary>The client on a real server: what callers get, and what they get when the server is gone, silent, full or somebody else.</summary>
public sealed class RedisClientTests : IAsyncDisposable
{
    const int TimeLimit = 60_000;

    readonly KeptLog log = new();
    readonly ILoggerFactory logs;
    readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    readonly List<IAsyncDisposable> started = [];

    public RedisClientTests() => logs = LoggerFactory.Create(logging => logging.AddProvider(log));

    public async ValueTask DisposeAsync()
    {
        foreach (var one in Enumerable.Reverse(started)) await one.DisposeAsync();
        logs.Dispose();
        log.Dispose();
        await services.DisposeAsync();
    }

    async Task<RedisServer> ServerAsync(params string[] settings)
    {
        var server = await RedisServer.StartAsync(settings);
        started.Add(server);
        return server;
    }

    RedisClient Client(RedisOptions options, TimeProvider? time = null)
    {
        var client = new RedisClient(options, time ?? TimeProvider.System, logs, services.GetRequiredService<IMeterFactory>());
        started.Add(client);
        return client;
    }

    async Task<RedisClient> ConnectAsync(string url, TimeProvider? time = null)
    {
        // Patient, except where the time is the test's own: the machine may be busy.
        var options = RedisUrl.Parse(url);
        var client = Client(time is null ? options with { CommandTimeout = TimeSpan.FromSeconds(30) } : options, time);
        await client.StartAsync(CancellationToken.None);
        return client;
    }

    static async Task UntilAsync(Func<bool> done)
    {
        while (!done()) await Task.Delay(1, TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Commands_are_answered_and_bodies_come_back_as_they_went()
    {
        var client = await ConnectAsync((await ServerAsync()).Url);
        var body = RandomNumberGenerator.GetBytes(3_000_000);
        Assert.Equal("OK", (await client.SendBodyAsync(new RedisCommand("SET", "page", body, "PX", 60_000), TimeSpan.FromSeconds(10))).AsString());
        Assert.Equal(body, (await client.SendBodyAsync(new RedisCommand("GET", "page"), TimeSpan.FromSeconds(10))).AsBytes());
        Assert.True((await client.SendAsync(new RedisCommand("GET", "rien"))).IsNull);
        Assert.Equal(2, (await client.SendAsync(new RedisCommand("HSET", "élève", "é", "1", "à", ""))).AsInteger());
        Assert.Equal(["1", "", ""], (await client.SendAsync(new RedisCommand("HMGET", "élève", "é", "à", "ù"))).Items.Select(item => item.AsString()));
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Each_of_many_callers_gets_his_own_answer_whoever_gives_up_meanwhile()
    {
        var client = await ConnectAsync((await ServerAsync()).Url);
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var gaveUp = 0;
        await Task.WhenAll(Enumerable.Range(0, 64).Select(caller => Task.Run(async () =>
        {
            var random = new Random(seed + caller);
            for (var i = 0; i < 200; i++)
            {
                var text = $"{caller}-{i}-" + new string('x', random.Next(random.Next(20) == 0 ? 200_000 : 200));
                using var cancellation = new CancellationTokenSource();
                var answer = client.SendAsync(new RedisCommand("ECHO", text), TimeSpan.FromSeconds(30), cancellation.Token);
                if (random.Next(10) == 0) await cancellation.CancelAsync();
                try
                {
                    Assert.Equal(text, (await answer).AsString());
                }
                catch (OperationCanceledException)
                {
                    Interlocked.Increment(ref gaveUp);
                }
            }
        })));
        Assert.InRange(gaveUp, 1, 64 * 200 / 5);
        Assert.True(client.Available);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task What_the_server_refuses_is_told_to_who_asked_and_harms_nobody()
    {
        var server = await ServerAsync("--maxmemory", "1", "--maxmemory-policy", "noeviction");
        var client = await ConnectAsync(server.Url);
        Assert.Equal("OOM", (await Assert.ThrowsAsync<RedisErrorException>(async () => await client.SendAsync(new RedisCommand("SET", "a", "1")))).Code);
        await server.AskAsync("CONFIG SET maxmemory 0");
        await client.SendAsync(new RedisCommand("SET", "a", "1"));
        Assert.Equal("WRONGTYPE", (await Assert.ThrowsAsync<RedisErrorException>(async () => await client.SendAsync(new RedisCommand("HGET", "a", "b")))).Code);
        Assert.Equal("ERR", (await Assert.ThrowsAsync<RedisErrorException>(async () => await client.SendAsync(new RedisCommand("NIMPORTE")))).Code);
        Assert.Equal("1", (await client.SendAsync(new RedisCommand("GET", "a"))).AsString());
        Assert.Equal(1, client.Openings);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Commands_that_belong_together_run_together_or_not_at_all()
    {
        var client = await ConnectAsync((await ServerAsync()).Url);
        Assert.Equal([1L, 2L], (await client.TransactAsync([new RedisCommand("INCR", "a"), new RedisCommand("INCR", "a")])).Select(answer => answer.AsInteger()));
        var refused = await Assert.ThrowsAsync<RedisErrorException>(async () => await client.TransactAsync([new RedisCommand("INCR", "a"), new RedisCommand("INCR")]));
        Assert.StartsWith("ERR wrong number of arguments", refused.Message, StringComparison.Ordinal);
        Assert.Equal("2", (await client.SendAsync(new RedisCommand("GET", "a"))).AsString());
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_script_is_sent_to_a_server_that_does_not_know_it()
    {
        var server = await ServerAsync();
        var client = await ConnectAsync(server.Url);
        var script = new RedisScript("return {KEYS[1], ARGV[1], redis.call('INCR', KEYS[1])}");
        for (var i = 1; i <= 4; i++)
        {
            var answer = await client.RunAsync(script, ["n"], ["été"]);
            Assert.Equal(("n", "été", (long)i), (answer.Items[0].AsString(), answer.Items[1].AsString(), answer.Items[2].AsInteger()));
            if (i == 2) await server.AskAsync("SCRIPT FLUSH");
        }
    }

    [Fact(Timeout = TimeLimit)]
    public async Task It_says_who_it_is_and_goes_to_its_database()
    {
        var server = await ServerAsync();
        await server.AskAsync("ACL SETUSER portail on >s@cret:/é ~* +@all");
        var client = await ConnectAsync($"redis://portail:s%40cret%3A%2F%C3%A9@127.0.0.1:{server.Port}/3");
        await client.SendAsync(new RedisCommand("SET", "ici", "3"));
        Assert.Contains("keys=1", await server.AskAsync("INFO keyspace"), StringComparison.Ordinal);
        Assert.Contains("db3:", await server.AskAsync("INFO keyspace"), StringComparison.Ordinal);
        var clients = await server.AskAsync("CLIENT LIST");
        Assert.Equal(2, clients.Split('\n').Count(line => line.Contains("name=nsi-portal", StringComparison.Ordinal) && line.Contains("user=portail", StringComparison.Ordinal) && line.Contains("db=3", StringComparison.Ordinal)));
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("redis://:faux-secret@127.0.0.1:{0}/0", "WRONGPASS")]
    [InlineData("redis://:vrai-secret@127.0.0.1:{0}/99", "out of range")]
    [InlineData("redis://127.0.0.1:{0}/0", "NOAUTH")]
    [InlineData("redis://:vrai-secret@127.0.0.1:1/0", "ConnectionRefused")]
    [InlineData("rediss://:vrai-secret@127.0.0.1:{0}/0", "")]
    public async Task A_server_that_does_not_take_it_is_told_once_without_the_password(string url, string reason)
    {
        var server = await ServerAsync("--requirepass", "vrai-secret");
        var failures = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Name == "nsiportal.redis.failures" && ReferenceEquals(instrument.Meter.Scope, services.GetRequiredService<IMeterFactory>())) listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref failures, count));
        listener.Start();
        var client = await ConnectAsync(string.Format(CultureInfo.InvariantCulture, url, server.Port));
        Assert.False(client.Available);
        await Assert.ThrowsAsync<RedisUnavailableException>(async () => await client.SendAsync(new RedisCommand("PING")));
        // It tries again, and again.
        await UntilAsync(() => Volatile.Read(ref failures) > 6);
        var told = Assert.Single(log.Entries);
        Assert.Contains(reason, told.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", told.Text + told.Fault, StringComparison.Ordinal);
    }

    // Time stands still: what fails here fails because it was moved, and what does not would wait for ever.
    [Fact(Timeout = TimeLimit)]
    public async Task While_the_server_is_frozen_one_waits_his_time_and_after_him_nobody()
    {
        var server = await ServerAsync();
        var time = new ManualTime();
        var client = await ConnectAsync(server.Url, time);
        server.Freeze();
        var waiting = client.SendAsync(new RedisCommand("INCR", "n")).AsTask();
        while (!waiting.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        await Assert.ThrowsAsync<RedisUnavailableException>(() => waiting);
        await UntilAsync(() => !client.Available);
        await Assert.ThrowsAsync<RedisUnavailableException>(async () => await client.SendAsync(new RedisCommand("INCR", "n")));
        await Assert.ThrowsAsync<RedisUnavailableException>(async () => await client.SendBodyAsync(new RedisCommand("INCR", "n")));

        server.Thaw();
        while (!client.Available)
        {
            time.Advance(TimeSpan.FromMilliseconds(5));
            await Task.Delay(1);
        }

        Assert.Equal(2, client.Openings);
        // The one that was sent ran in the end; nobody sent it again.
        Assert.Equal("1", (await client.SendAsync(new RedisCommand("GET", "n"))).AsString());
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_server_that_was_killed_is_found_again_and_told_once_each_time()
    {
        var server = await ServerAsync();
        var client = await ConnectAsync(server.Url);
        for (var round = 1; round <= 2; round++)
        {
            await server.KillAsync();
            await UntilAsync(() => !client.Available);
            await Assert.ThrowsAsync<RedisUnavailableException>(async () => await client.SendAsync(new RedisCommand("PING")));
            await server.StartAgainAsync();
            await UntilAsync(() => client.Available);
            Assert.Equal("PONG", (await client.SendAsync(new RedisCommand("PING"))).AsString());
        }

        Assert.Equal([LogLevel.Warning, LogLevel.Information, LogLevel.Warning, LogLevel.Information], log.Entries.Select(entry => entry.Level));
        Assert.Equal(3, client.Openings);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Nothing_is_sent_twice_whatever_becomes_of_the_connection()
    {
        var server = await ServerAsync("--appendonly", "yes", "--appendfsync", "always");
        await using var relay = new Relay(new Uri(server.Url));
        var client = await ConnectAsync(relay.Url);
        var (calls, answered) = (0, 0);
        var over = false;
        var calling = Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            while (!Volatile.Read(ref over))
            {
                try
                {
                    if (!client.Available) await Task.Yield();
                    else
                    {
                        Interlocked.Increment(ref calls);
                        await client.SendAsync(new RedisCommand("INCR", "n"));
                        Interlocked.Increment(ref answered);
                    }
                }
                catch (RedisUnavailableException)
                {
                    // Nobody knows whether it ran; it is not tried again.
                }
            }
        })).ToList();
        for (var round = 1; round <= 5; round++)
        {
            var before = Volatile.Read(ref answered);
            await UntilAsync(() => Volatile.Read(ref answered) > before + 200);
            relay.Cut();
            await UntilAsync(() => !client.Available);
            relay.Restore();
            await UntilAsync(() => client.Available);
        }

        Volatile.Write(ref over, true);
        await Task.WhenAll(calling);
        Assert.InRange((await client.SendAsync(new RedisCommand("GET", "n"))).AsInteger(), answered, calls);
        Assert.True(answered < calls, "No call was under way when the connection was cut.");
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Each_new_connection_of_commands_is_greeted_before_anybody_uses_it()
    {
        var server = await ServerAsync();
        var client = Client(RedisUrl.Parse(server.Url));
        var greetings = 0;
        var mayPass = false;
        client.Connected = async (session, cancellation) =>
        {
            greetings++;
            Assert.Equal("PONG", (await session.SendAsync(new RedisCommand("PING"), cancellation)).AsString());
            if (!Volatile.Read(ref mayPass)) throw new RedisException("Pas encore.");
        };
        await client.StartAsync(CancellationToken.None);
        await UntilAsync(() => Volatile.Read(ref greetings) > 1);
        Assert.False(client.Available);
        Assert.Contains("Pas encore.", Assert.Single(log.Entries).Text, StringComparison.Ordinal);
        Volatile.Write(ref mayPass, true);
        await UntilAsync(() => client.Available);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Who_waits_when_it_is_disposed_is_told()
    {
        var server = await ServerAsync();
        var client = await ConnectAsync(server.Url);
        server.Freeze();
        var waiting = client.SendAsync(new RedisCommand("PING"), TimeSpan.FromHours(1)).AsTask();
        await client.DisposeAsync();
        await Assert.ThrowsAsync<RedisUnavailableException>(() => waiting);
        Assert.Empty(log.Entries);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task More_than_may_be_under_way_wait_for_their_turn()
    {
        var client = Client(RedisUrl.Parse((await ServerAsync()).Url) with { MaximumInFlight = 2 });
        await client.StartAsync(CancellationToken.None);
        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => client.SendAsync(new RedisCommand("INCR", "n"), TimeSpan.FromSeconds(30)).AsTask()));
        Assert.Equal(Enumerable.Range(1, 500).Select(i => (long)i), answers.Select(answer => answer.AsInteger()).Order());
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("$5\r\nabc", true)]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", false)]
    [InlineData("+OK\r\n+OK\r\n+OK\r\n", false)]
    [InlineData("$2147483647\r\n", false)]
    public async Task An_answer_that_is_none_ends_the_connection_for_all_who_wait(string said, bool thenCloses)
    {
        await using var server = new FakeRedis(said, thenCloses);
        var client = await ConnectAsync(server.Url);
        await Assert.ThrowsAsync<RedisUnavailableException>(async () =>
        {
            // The first may be answered by what was said without being asked.
            for (var i = 0; i < 10; i++) await client.SendAsync(new RedisCommand("ESSAI"), TimeSpan.FromSeconds(30));
        });
        // One of each kind, and another one.
        await UntilAsync(() => server.Connections >= 3);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Of_the_addresses_of_a_host_one_that_answers_is_enough()
    {
        // « localhost » is ::1 and 127.0.0.1; the server listens on the latter alone.
        var server = await ServerAsync();
        var client = await ConnectAsync($"redis://localhost:{server.Port}");
        Assert.True(client.Available);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Over_tls_the_server_must_be_who_it_says()
    {
        using var authority = Authority();
        using var folder = new CertificateFolder(authority);
        var server = await RedisServer.StartTlsAsync(folder.Certificate, folder.Key);
        started.Add(server);

        var options = RedisUrl.Parse($"rediss://localhost:{server.Port}") with { CommandTimeout = TimeSpan.FromSeconds(30), ConnectTimeout = TimeSpan.FromSeconds(30) };
        var trusting = Client(options with { TrustedRoots = [authority] });
        await trusting.StartAsync(CancellationToken.None);
        Assert.Equal("PONG", (await trusting.SendAsync(new RedisCommand("PING"))).AsString());

        foreach (var wrong in new[] { options, options with { TrustedRoots = [authority], Host = "127.0.0.1" } })
        {
            var doubting = Client(wrong);
            await doubting.StartAsync(CancellationToken.None);
            Assert.False(doubting.Available);
        }
    }

    static X509Certificate2 Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Essai", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
    }

    /// <summary>A certificate for « localhost », as files.</summary>
    sealed class CertificateFolder : IDisposable
    {
        readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("nsi-portal-tls-");

        public CertificateFolder(X509Certificate2 authority)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName("localhost");
            request.CertificateExtensions.Add(names.Build());
            using var certificate = request.Create(authority, TimeProvider.System.GetUtcNow().AddHours(-1), TimeProvider.System.GetUtcNow().AddHours(1), [1, 2, 3]);
            File.WriteAllText(Certificate, certificate.ExportCertificatePem());
            File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
        }

        public string Certificate => Path.Combine(folder.FullName, "cert.pem");

        public string Key => Path.Combine(folder.FullName, "key.pem");

        public void Dispose() => folder.Delete(recursive: true);
    }
}
