using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Support;

namespace NsiPortal.Coherence;

/// <summary>How long each request waited for the store that all share, told in a header to the readers of the trial.</summary>
sealed partial class GrantedTime : IStartupFilter
{
    /// <summary>What a request may wait in all: 250 ms for Redis, and as long for a page that another process is making.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(500);

    const string Header = "Server-Timing";

    static readonly AsyncLocal<GrantedTime?> Current = new();
    static readonly AwakeClock Clock = new();

    readonly ConcurrentQueue<long> waits = new();

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<IStartupFilter, GrantedTime>();
        var store = services.Last(service => service.ServiceType == typeof(IOutputCacheStore));
        services.AddSingleton<IOutputCacheStore>(provider =>
            new TimedStore((IOutputCacheStore)(store.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, store.ImplementationType!))));
    }

    public static async ValueTask<T> DuringAsync<T>(Func<ValueTask<T>> wait)
    {
        var began = Clock.Now;
        try
        {
            return await wait();
        }
        finally
        {
            Current.Value?.waits.Enqueue(Clock.Now - began);
        }
    }

    /// <summary>What the answer tells; null when it tells nothing.</summary>
    public static TimeSpan? In(Answer answer) => answer.Header(Header) is { } told && Told().Match(told) is { Success: true } match
        ? TimeSpan.FromMilliseconds(double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)) : null;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((HttpContext http, RequestDelegate rest) =>
        {
            // One after the other: tokens once, or more often when addresses changed meanwhile; then the page.
            var mine = Current.Value = new GrantedTime();
            http.Response.OnStarting(() =>
            {
                http.Response.Headers.Append(Header, string.Create(CultureInfo.InvariantCulture, $"redis;dur={mine.waits.Sum()};desc=\"{string.Join('+', mine.waits)}\""));
                return Task.CompletedTask;
            });
            return rest(http);
        });
        next(app);
    };

    [GeneratedRegex(@"redis;dur=(\d+)")]
    private static partial Regex Told();

    sealed class TimedStore(IOutputCacheStore inner) : IOutputCacheStore
    {
        public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken) => DuringAsync(() => inner.GetAsync(key, cancellationToken));

        public ValueTask SetAsync(string key, byte[] value, string[]? tags, TimeSpan validFor, CancellationToken cancellationToken) =>
            inner.SetAsync(key, value, tags, validFor, cancellationToken);

        public ValueTask EvictByTagAsync(string tag, CancellationToken cancellationToken) => inner.EvictByTagAsync(tag, cancellationToken);
    }

    /// <summary>Goes on only while the process runs what is due: one that is frozen, or waits for a processor, does not wait for Redis meanwhile.</summary>
    sealed class AwakeClock
    {
        static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);
        static readonly TimeSpan LongestStep = TimeSpan.FromMilliseconds(25);

        long now;

        public AwakeClock() => _ = RunAsync();

        /// <summary>In milliseconds.</summary>
        public long Now => Volatile.Read(ref now) / TimeSpan.TicksPerMillisecond;

        async Task RunAsync()
        {
            for (var last = TimeProvider.System.GetTimestamp(); ; await Task.Delay(Step))
            {
                var passed = TimeProvider.System.GetElapsedTime(last);
                last = TimeProvider.System.GetTimestamp();
                Volatile.Write(ref now, now + Math.Min(passed.Ticks, LongestStep.Ticks));
            }
        }
    }
}
