using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.EntityFrameworkCore.Storage;
using NsiPortal.Support;

namespace NsiPortal.Data;

/// <summary>The migrations are written by hand; they must make what the model says.</summary>
public sealed class SchemaTests
{
    [Fact]
    public async Task The_migrated_schema_equals_the_model()
    {
        using var folder = new TempFolder();
        await using var migrated = Open(folder["migrated.db"]);
        await migrated.Database.MigrateAsync();
        await using var model = Open(folder["model.db"]);
        await model.GetService<IRelationalDatabaseCreator>().CreateAsync();
        await model.GetService<IRelationalDatabaseCreator>().CreateTablesAsync();

        var (made, wanted) = (await DescribeAsync(folder["migrated.db"]), await DescribeAsync(folder["model.db"]));
        var difference = wanted.Except(made).Select(line => "missing: " + line).Concat(made.Except(wanted).Select(line => "too much: " + line));
        Assert.NotEmpty(wanted);
        Assert.True(made.SetEquals(wanted), "Migrations and model differ.\n" + string.Join('\n', difference));
    }

    static PortalDbContext Open(string file) => new(new DbContextOptionsBuilder<PortalDbContext>()
        .UseSqlite($"Data Source={file};Pooling=False")
        .ConfigureWarnings(warnings => warnings.Ignore(Microsoft.EntityFrameworkCore.Diagnostics.RelationalEventId.PendingModelChangesWarning))
        .Options, new WriteGate());

    /// <summary>One line for each column, key, index and table option.</summary>
    static async Task<HashSet<string>> DescribeAsync(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        var lines = new HashSet<string>();
        foreach (var table in await RowsAsync(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_\\_EF%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'"))
        {
            // The text tells AUTOINCREMENT, checks and collations, which no pragma shows.
            var options = (await RowsAsync(connection, $"SELECT sql FROM sqlite_master WHERE name = '{table}'"))[0];
            foreach (var word in new[] { "AUTOINCREMENT", "CHECK", "COLLATE", "GENERATED", "STRICT", "WITHOUT ROWID" })
                lines.Add($"{table} {word} x {options.Split(word).Length - 1}");
            foreach (var row in await RowsAsync(connection, $"SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_info('{table}')")) lines.Add($"{table} column {row}");
            foreach (var row in await RowsAsync(connection, $"SELECT \"table\", \"from\", \"to\", on_update, on_delete FROM pragma_foreign_key_list('{table}')")) lines.Add($"{table} foreign key {row}");
            foreach (var row in await RowsAsync(connection,
                $"SELECT i.name, i.\"unique\", i.partial, (SELECT group_concat(name || ' ' || desc) FROM pragma_index_xinfo(i.name) WHERE key) FROM pragma_index_list('{table}') i")) lines.Add($"{table} index {row}");
        }

        return lines;
    }

    static async Task<List<string>> RowsAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
        }

        return rows;
    }
}
