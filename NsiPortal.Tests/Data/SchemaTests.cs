using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Support;

namespace NsiPortal.Data;

/// <summary>The migrations are written by hand; they must make what the model says.</summary>
public sealed class SchemaTests
{
    [Fact]
    public async Task The_migrated_schema_equals_the_model()
    {
        await using var migrated = new TempFolder();
        await using (var db = migrated.OpenDatabase()) await db.Database.MigrateAsync();
        await using var model = new TempFolder();
        await using (var db = model.OpenDatabase()) await db.Database.EnsureCreatedAsync();

        var (made, wanted) = (await DescribeAsync(migrated), await DescribeAsync(model));
        var difference = wanted.Except(made).Select(line => "missing: " + line).Concat(made.Except(wanted).Select(line => "too much: " + line));
        Assert.NotEmpty(wanted);
        Assert.True(made.SetEquals(wanted), "Migrations and model differ.\n" + string.Join('\n', difference));
    }

    static async Task<HashSet<string>> DescribeAsync(TempFolder folder)
    {
        await using var connection = await folder.ConnectAsync();
        return TempFolder.IsPostgres ? await PostgresAsync(connection) : await SqliteAsync(connection);
    }

    /// <summary>One line for each column, key, index and table option.</summary>
    static async Task<HashSet<string>> SqliteAsync(DbConnection connection)
    {
        var lines = new HashSet<string>();
        // The index of words is SQLite's own kind of table, with others behind it, of which the model knows nothing; those who search prove that it is there.
        foreach (var (table, options) in (await connection.RowsAsync("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_\\_EF%' ESCAPE '\\' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'SearchIndex%'")).Select(row => (row[0], row[1])))
        {
            // The text tells AUTOINCREMENT, checks and collations, which no pragma shows.
            foreach (var word in new[] { "AUTOINCREMENT", "CHECK", "COLLATE", "GENERATED", "STRICT", "WITHOUT ROWID" })
                lines.Add($"{table} {word} x {options.Split(word).Length - 1}");
            foreach (var row in await connection.RowsAsync($"SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_info('{table}')")) lines.Add($"{table} column {Text(row)}");
            foreach (var row in await connection.RowsAsync($"SELECT \"table\", \"from\", \"to\", on_update, on_delete FROM pragma_foreign_key_list('{table}')")) lines.Add($"{table} foreign key {Text(row)}");
            foreach (var row in await connection.RowsAsync($"SELECT i.name, i.\"unique\", i.partial, (SELECT group_concat(name || ' ' || desc) FROM pragma_index_xinfo(i.name) WHERE key) FROM pragma_index_list('{table}') i")) lines.Add($"{table} index {Text(row)}");
        }

        return lines;
    }

    /// <summary>The same, in the server's own words.</summary>
    static async Task<HashSet<string>> PostgresAsync(DbConnection connection)
    {
        var rows = new List<string[]>();
        rows.AddRange(await connection.RowsAsync("""
            SELECT c.relname, 'column', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity::text, coalesce(pg_get_expr(d.adbin, d.adrelid), '')
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
            """));
        rows.AddRange(await connection.RowsAsync(
            "SELECT conrelid::regclass::text, 'constraint', conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace"));
        rows.AddRange(await connection.RowsAsync("SELECT tablename, 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"));
        return [.. rows.Where(row => !row[0].Trim('"').StartsWith("__EF", StringComparison.Ordinal)).Select(Text)];
    }

    static string Text(string[] row) => string.Join(" | ", row);
}
