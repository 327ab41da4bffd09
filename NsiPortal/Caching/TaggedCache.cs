using System.Text.Json;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Options;
using NsiPortal.Caching.Outbox;
using NsiPortal.Caching.Pages;
using NsiPortal.Caching.Routes;
using NsiPortal.Caching.Tokens;

namespace NsiPortal.Caching;

/// <summary>
/// Data that is no page, such as lists for forms or the figures of a dashboard, kept in the same store as pages under the same promise: what is
/// asked for after a change was acknowledged is never made from older data.
/// </summary>
public sealed class TaggedCache
{
    readonly TagTokens tokens;
    readonly Licence licence;
    readonly RouteMap routes;
    readonly BuildIdentity build;
    readonly PageStore store;
    readonly IOutputCacheStore shared;
    readonly IServiceScopeFactory scopes;
    readonly CacheOptions options;

    internal TaggedCache(
        TagTokens tokens, Licence licence, RouteMap routes, BuildIdentity build, PageStore store, IOutputCacheStore shared, IServiceScopeFactory scopes, IOptions<CacheOptions> options) =>
        (this.tokens, this.licence, this.routes, this.build, this.store, this.shared, this.scopes, this.options) = (tokens, licence, routes, build, store, shared, scopes, options.Value);

    /// <summary>What keys of data begin with, and no page's: here they begin with a path, in Redis with a method.</summary>
    internal const string KeyPrefix = "data ";

    /// <summary>What keys of one user's data begin with: it is lacked in one process at a time.</summary>
    internal const string OwnKeyPrefix = KeyPrefix + "own ";

    /// <summary>Those whose leader failed choose a new one this many times, then make it for themselves.</summary>
    const int MaximumLeaders = 2;

    internal Flights<byte[]> Flights { get; } = new();

    /// <summary>What is kept under the key, or what the factory makes, which is then kept. Each caller gets a copy of its own, read back from JSON.</summary>
    /// <typeparam name="T">A type that JSON gives back as it was.</typeparam>
    /// <param name="key">What it is; and whose, when it is not everybody's. Each language of the interface has its own.</param>
    /// <param name="tier">How long it is kept when nothing changes.</param>
    /// <param name="tags">Names, not templates, of all that it depends on: <see cref="Tags.OfCourse"/> and the like.</param>
    /// <param name="factory">
    /// Makes it with services of a scope of its own, whose database context has read nothing before and stands in no transaction. It may be called for
    /// others who wait, and may fail without failing them.
    /// </param>
    /// <param name="cancellationToken">Ends this caller's waiting, nobody else's.</param>
    /// <exception cref="InvalidOperationException">A cached page, or other data, is being made that does not carry one of the tags.</exception>
    public async Task<T> GetOrCreateAsync<T>(
        string key, CacheTier tier, IReadOnlyCollection<string> tags, Func<IServiceProvider, CancellationToken, Task<T>> factory, CancellationToken cancellationToken = default)
    {
        CarriedTags.Demand(tags);
        // Before the factory reads anything.
        string[] names = [.. tags, Tags.Routes];
        if (!licence.Held || await tokens.ReadAsync(names, cancellationToken) is not { } reading) return Read<T>(await MakeAsync());
        var databaseId = (await routes.AtAsync(RouteLabel.Of(reading), cancellationToken)).Table.DatabaseId;
        var digest = PageKey.Digest(build, databaseId, ContentCoding.Identity, reading, tags.Count, userId: null, [typeof(T).FullName, key]);
        var entry = (tags.Any(Tags.IsOfUser) ? OwnKeyPrefix : KeyPrefix) + digest;
        var validFor = PageKey.Spread(options.DurationOf(tier), digest);

        for (var leader = 1; leader <= MaximumLeaders; leader++)
        {
            if (store.FindData(entry) is { } kept) return Read<T>(kept);
            var flight = Flights.Join(entry, out var leads);
            if (!leads)
            {
                if (await flight.LandedAsync(cancellationToken) is { } landed) return Read<T>(landed);
                continue;
            }

            try
            {
                // Another flight may have ended between the look into the store and this one.
                if ((store.FindData(entry) ?? await shared.GetAsync(entry, cancellationToken)) is not { } made)
                {
                    made = await MakeAsync();
                    if (made.Length <= options.MaximumPageSize)
                    {
                        store.KeepData(entry, made, validFor);
                        await shared.SetAsync(entry, made, tags: null, validFor, cancellationToken);
                    }
                }

                flight.Land(made);
                return Read<T>(made);
            }
            finally
            {
                flight.Close();
            }
        }

        return Read<T>(await MakeAsync());

        async Task<byte[]> MakeAsync()
        {
            CarriedTags.Are([.. tags]);
            await using var scope = scopes.CreateAsyncScope();
            return JsonSerializer.SerializeToUtf8Bytes(await factory(scope.ServiceProvider, cancellationToken));
        }
    }

    static T Read<T>(byte[] json) => JsonSerializer.Deserialize<T>(json)!;
}
