using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace NsiPortal.Commands.Seeding;

/// <summary>Many rows into one table, the fastest way that the database has. Whoever uses it evicts everything in the same transaction.</summary>
static class BulkTable
{
    /// <param name="connection">Of the transaction under way.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">Their names.</param>
    /// <param name="rows">Values in the order of the columns; instants as such.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task WriteAsync(DbConnection connection, string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows, CancellationToken cancellationToken) => connection switch
    {
        NpgsqlConnection postgres => CopyAsync(postgres, table, columns, rows, cancellationToken),
        SqliteConnection sqlite => InsertAsync(sqlite, table, columns, rows, cancellationToken),
        _ => throw new NotSupportedException(connection.GetType().Name),
    };

    static string Names(IReadOnlyList<string> columns) => string.Join(", ", columns.Select(column => $"\"{column}\""));

    static async Task CopyAsync(NpgsqlConnection connection, string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"COPY \"{table}\" ({Names(columns)}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancellationToken);
            foreach (var value in row)
            {
                switch (value)
                {
                    case null: await copy.WriteNullAsync(cancellationToken); break;
                    case DateTimeOffset at: await copy.WriteAsync(at.UtcDateTime, NpgsqlDbType.TimestampTz, cancellationToken); break;
                    default: await copy.WriteAsync(value, cancellationToken); break;
                }
            }
        }

        await copy.CompleteAsync(cancellationToken);
    }

    static async Task InsertAsync(SqliteConnection connection, string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        await using var insert = connection.CreateCommand();
        insert.CommandText = $"INSERT INTO \"{table}\" ({Names(columns)}) VALUES ({string.Join(", ", columns.Select((_, i) => $"$p{i}"))})";
        var parameters = columns.Select((_, i) => insert.Parameters.Add(new SqliteParameter($"$p{i}", null))).ToList();
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
            {
                parameters[i].Value = row[i] switch
                {
                    null => DBNull.Value,
                    DateTimeOffset at => at.UtcTicks,
                    DateOnly day => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                    Guid key => key.ToString().ToUpperInvariant(),
                    var value => value,
                };
            }

            await insert.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
