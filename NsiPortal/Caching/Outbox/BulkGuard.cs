using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace NsiPortal.Caching.Outbox;

/// <summary>
/// Refuses statements that write past the change tracker without having said their tags: what they change could stay in the cache unnoticed.
/// <see cref="BulkStatements.WriteAsync"/> is the way to run them.
/// </summary>
public sealed class BulkGuard : DbCommandInterceptor
{
    static readonly AsyncLocal<bool> Declared = new();

    /// <summary>What may write without tags: the settings of a connection, and the lock row of EF's own migrations.</summary>
    static readonly string[] Exempt = ["PRAGMA", "SELECT", "DELETE FROM __EFMigrationsLock"];

    internal static async Task<int> DeclaredAsync(Func<Task<int>> statement)
    {
        Declared.Value = true;
        try
        {
            return await statement();
        }
        finally
        {
            Declared.Value = false;
        }
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Check(command, eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Check(command, eventData);
        return ValueTask.FromResult(result);
    }

    // A statement that writes and returns rows is run as a query.
    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Check(command, eventData);
        return ValueTask.FromResult(result);
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Check(command, eventData);
        return result;
    }

    static void Check(DbCommand command, CommandEventData eventData)
    {
        if (Declared.Value || eventData.CommandSource is not (CommandSource.ExecuteUpdate or CommandSource.ExecuteDelete or CommandSource.ExecuteSqlRaw or CommandSource.FromSqlQuery)) return;
        var text = command.CommandText.AsSpan().TrimStart();
        foreach (var exempt in Exempt)
            if (text.StartsWith(exempt, StringComparison.OrdinalIgnoreCase) && !text.TrimEnd("; \n").Contains(';')) return;
        throw new InvalidOperationException($"A bulk statement must say its tags: run it through {nameof(BulkStatements)}.{nameof(BulkStatements.WriteAsync)}. It was: {command.CommandText}");
    }
}
