using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Caching.Invalidation;
using NsiPortal.Caching.Outbox;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Support;

namespace NsiPortal.Caching;

/// <summary>Each table that a cached action reads has a rule that evicts a tag the action declares: no page depends on data that cannot evict it.</summary>
public sealed class TableCoverageTests
{
    [Fact]
    public async Task Every_table_behind_a_cached_page_can_evict_it()
    {
        var spy = new TableSpy();
        await using var cast = await new Cast { Adjust = builder => builder.Services.AddSingleton<IInterceptor>(spy).AddHttpContextAccessor() }.StartAsync();
        using var zoe = await cast.SignInAsync(Cast.Zoe);
        using var bursar = await cast.SignInAsync(Cast.Bursar);
        await zoe.PostAsync(Cast.Exercise + "/reponse", ("r.choix", "a"));
        var rules = await cast.Host.WithDbAsync(db => Task.FromResult(db.Model.GetEntityTypes()
            .Where(EntityTags.Knows).ToDictionary(e => e.GetTableName()!, e => EntityTags.Of(e).Templates)));

        var actions = cast.Host.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items
            .OfType<ControllerActionDescriptor>()
            .Select(action => (Action: action, Page: action.EndpointMetadata.OfType<CachedPageAttribute>().SingleOrDefault()))
            .Where(pair => pair.Page is not null && pair.Action.ControllerTypeInfo.Assembly == typeof(Program).Assembly)
            .ToList();
        Assert.Contains(actions, pair => pair.Page is SharedPageAttribute);
        Assert.Contains(actions, pair => pair.Page is PersonalPageAttribute);

        var wrong = new List<string>();
        foreach (var (action, page) in actions)
        {
            var path = "/" + action.AttributeRouteInfo!.Template!.TrimStart('/')
                .Replace("etudes/{university}/{programme}", Cast.Programme[1..], StringComparison.Ordinal)
                .Replace("etudes/{university}", Cast.University[1..], StringComparison.Ordinal)
                .Replace("{course}", "sql", StringComparison.Ordinal)
                .Replace("{chapter}", "jointures", StringComparison.Ordinal)
                .Replace("{number:int}", "1", StringComparison.Ordinal)
                .Replace("{code}", "t-bdd-4", StringComparison.Ordinal)
                .Replace("{class:int}", $"{cast.ClassOfHopper}", StringComparison.Ordinal)
                .Replace("{name}", "schema.svg", StringComparison.Ordinal);
            // The route map and the reader's account have been read, so that what remains is the action's own.
            var reader = path.StartsWith("/admin", StringComparison.Ordinal) ? bursar : zoe;
            await reader.AskAsync("/essai/moi");
            spy.Forget();
            var answer = await reader.AskAsync(path);
            Assert.True(answer.Stored, $"{path}: {answer.Status} {answer.CacheStatus}");

            wrong.AddRange(spy.Tables.Where(table => !rules[table].Intersect(page!.Tags).Any())
                .Select(table => $"{action.DisplayName} reads {table}, which evicts none of {string.Join(", ", page!.Tags)}"));
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Every_entity_that_is_saved_has_a_rule()
    {
        await using var host = await PortalHost.StartAsync();
        var without = await host.WithDbAsync(db => Task.FromResult(db.Model.GetEntityTypes().Where(e => !EntityTags.Knows(e)).Select(e => e.ClrType).ToList()));

        // The outbox is how evictions travel; the identity is written once, by the first migration; keys are on no page.
        Assert.Equal([typeof(CacheInvalidation), typeof(CacheReplica), typeof(DataProtectionKey), typeof(DatabaseIdentity)], without.OrderBy(type => type.Name, StringComparer.Ordinal));
    }

    /// <summary>Collects the tables named in the commands of requests: what the portal does by itself meanwhile belongs to no page.</summary>
    sealed class TableSpy : DbCommandInterceptor
    {
        readonly HttpContextAccessor requests = new();
        readonly Lock gate = new();
        readonly HashSet<string> tables = [];

        public IReadOnlyList<string> Tables
        {
            get { lock (gate) return [.. tables]; }
        }

        public void Forget()
        {
            lock (gate) tables.Clear();
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (requests.HttpContext is null) return ValueTask.FromResult(result);
            var known = eventData.Context!.Model.GetEntityTypes().Select(e => e.GetTableName()!);
            lock (gate) tables.UnionWith(known.Where(table => command.CommandText.Contains($"\"{table}\"", StringComparison.Ordinal)));
            return ValueTask.FromResult(result);
        }
    }
}
