using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Primitives;

namespace NsiPortal.Data;

/// <summary>Counts the SQL commands of each request, for the header <c>X-Sql-Count</c> that tests and operators read.</summary>
sealed class SqlCounter : DbCommandInterceptor
{
    static readonly AsyncLocal<Counter?> Current = new();

    /// <summary>Starts a count for whatever the caller awaits from here on.</summary>
    public static Counter Begin() => Current.Value = new Counter();

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) => Count(result);

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) => Count(result);

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) => Count(result);

    static ValueTask<T> Count<T>(T result)
    {
        Current.Value?.Increment();
        return ValueTask.FromResult(result);
    }

    public sealed class Counter
    {
        int count;

        public int Count => Volatile.Read(ref count);

        public void Increment() => Interlocked.Increment(ref count);
    }
}

public static class SqlCountHeader
{
    /// <summary>Adds <c>X-Sql-Count</c> to every response when <c>Portal:ShowSqlCount</c> is true.</summary>
    public static IApplicationBuilder UseSqlCount(this WebApplication app) =>
        !app.Configuration.GetValue<bool>("Portal:ShowSqlCount") ? app : app.Use(static (http, next) =>
        {
            var counter = SqlCounter.Begin();
            http.Response.OnStarting(() =>
            {
                http.Response.Headers["X-Sql-Count"] = new StringValues(counter.Count.ToString(CultureInfo.InvariantCulture));
                return Task.CompletedTask;
            });
            return next(http);
        });
}
