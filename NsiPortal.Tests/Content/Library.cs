using Microsoft.Data.Sqlite;

namespace NsiPortal.Content;

/// <summary>The library that the whole course on databases works with, fresh from <c>bibliotheque.sql</c>.</summary>
sealed class Library : IAsyncDisposable
{
    readonly SqliteConnection connection = new("Data Source=:memory:");

    public static string Script { get; } = File.ReadAllText(Path.Combine(DemoCourse.FolderOf(DemoCourse.Databases), "bibliotheque.sql"));

    public static async Task<Library> OpenAsync()
    {
        var library = new Library();
        await library.connection.OpenAsync();
        await library.RunAsync(Script);
        return library;
    }

    /// <summary>Runs statements to the end; the last result with columns, its head first, and how many rows were changed.</summary>
    public async Task<(List<string[]> Table, int Changed)> RunAsync(string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var table = new List<string[]>();
        do
        {
            if (reader.FieldCount == 0) continue;
            var columns = Enumerable.Range(0, reader.FieldCount);
            table = [[.. columns.Select(reader.GetName)]];
            while (await reader.ReadAsync()) table.Add([.. columns.Select(i => reader.IsDBNull(i) ? "NULL" : reader.GetString(i))]);
        }
        while (await reader.NextResultAsync());
        return (table, reader.RecordsAffected);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
