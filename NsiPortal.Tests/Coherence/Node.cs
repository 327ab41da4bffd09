using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NsiPortal.Caching.Pages;
using NsiPortal.Caching.Tokens;
using NsiPortal.Commands;
using NsiPortal.Data;
using NsiPortal.Support;

namespace NsiPortal.Coherence;

/// <summary>A serving process of the trial: the portal, with a door through which it is told what to change and how to fail.</summary>
static class Node
{
    public const string Listening = "NODE ";

    /// <param name="args">Settings of the portal; <c>Trial:*</c> are those of the trial.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        await using var app = Program.Build(["--urls=http://127.0.0.1:0", "--environment=Development", .. args], Adjust);
        await app.Services.GetRequiredService<Preparation>().RunAsync(withDemo: false, serving: true, CancellationToken.None);
        await app.StartAsync();
        Console.WriteLine(Listening + app.Urls.First());
        await app.WaitForShutdownAsync();
        return 0;
    }

    static void Adjust(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        HeaderAuthentication.Add(builder);
        builder.Services.AddControllers().AddApplicationPart(typeof(Node).Assembly);
        builder.Services.AddSingleton(new Probe { Render = SchoolPages.RenderAsync });
        MortalTokens.Add(builder.Services);
        GrantedTime.Add(builder.Services);
        if (builder.Configuration["Trial:Offset"] is { Length: > 0 } offset) builder.Services.AddSingleton<TimeProvider>(new OffsetTime(TimeSpan.Parse(offset)));
        DeafPoll.Add(builder.Services);
        if (builder.Configuration["Trial:Mutant"] is { Length: > 0 } mutant) ClusterMutants.Add(mutant, builder);
    }

    /// <summary>A wall clock that is wrong. The clock that only goes forward is nobody's to set.</summary>
    sealed class OffsetTime(TimeSpan offset) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + offset;
    }
}

/// <summary>How a node is told what to do.</summary>
public sealed class NodeController : Controller
{
    internal const string Path = "/essai/ordre";
    internal const string DeafPath = "/essai/sourd";

    [HttpPost(Path)]
    [IgnoreAntiforgeryToken]
    public async Task<IActionResult> Perform([FromBody] JsonElement order, string? dies, [FromServices] PortalDbContext db)
    {
        MortalTokens.Dies = dies;
        try
        {
            var done = await order.Deserialize<Order>(JsonSerializerOptions.Web)!.PerformAsync(db);
            if (dies == MortalTokens.AfterAnswer) Response.OnCompleted(DieAsync);
            return Json(done);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // For whoever reads why the trial failed.
            return Problem(fault.ToString());
        }
    }

    // The answer has to reach the network; its row is marked some time within the next fifty.
    static async Task DieAsync()
    {
        await Task.Delay(TimeSpan.FromMilliseconds(5));
        Process.GetCurrentProcess().Kill();
    }

    [HttpPost(DeafPath)]
    [IgnoreAntiforgeryToken]
    public void Deafen(int milliseconds, [FromServices] DeafPoll poll) => poll.Deafen(TimeSpan.FromMilliseconds(milliseconds));
}

/// <summary>
/// Tokens at which a process can be killed: after the commit, before they are overwritten or just after, when nobody has had an answer yet; or after that,
/// when nobody has marked the row. They also tell how long a request waited for them.
/// </summary>
sealed class MortalTokens(TagTokens inner) : TagTokens
{
    public const string BeforeTokens = "before";
    public const string AfterTokens = "after";
    public const string AfterAnswer = "answered";

    static readonly AsyncLocal<string?> Death = new();

    public static void Add(IServiceCollection services)
    {
        var real = services.Last(service => service.ServiceType == typeof(TagTokens));
        services.AddSingleton<TagTokens>(provider =>
            new MortalTokens((TagTokens)(real.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, real.ImplementationType!))));
    }

    /// <summary>Where the request under way kills its process.</summary>
    public static string? Dies
    {
        set => Death.Value = value;
    }

    public override bool AreShared => inner.AreShared;

    public override bool Readable => inner.Readable;

    public override ValueTask<TokenReading?> ReadAsync(IReadOnlyList<string> tags, CancellationToken cancellationToken, bool fresh = false) =>
        GrantedTime.DuringAsync(() => inner.ReadAsync(tags, cancellationToken, fresh));

    public override async ValueTask<string?> InvalidateAsync(IReadOnlyCollection<string> tags)
    {
        if (Death.Value == BeforeTokens) Process.GetCurrentProcess().Kill();
        var store = await inner.InvalidateAsync(tags);
        if (Death.Value == AfterTokens) Process.GetCurrentProcess().Kill();
        return store;
    }

    public override ValueTask<string?> ClearAsync() => inner.ClearAsync();

    internal override ValueTask<string?> MeetAsync() => inner.MeetAsync();

    internal override void Vouch() => inner.Vouch();
}
