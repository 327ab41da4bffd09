using System.Data.Common;

namespace NsiPortal.Caching.Outbox;

/// <summary>For a database with one writer at a time: ids become visible in their order, and none appears below one that was seen.</summary>
/// <param name="now">The database's clock.</param>
sealed class SerialReader(string now) : OutboxReader
{
    long dealtWith;
    long read;

    public override void Start(DbConnection connection)
    {
        using var command = OutboxSql.Command(connection, $"""SELECT coalesce(max("Id"), 0) FROM "{OutboxSql.Invalidations}" """);
        dealtWith = read = Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public override IReadOnlyList<OutboxRow>? Read(DbConnection connection)
    {
        using var command = OutboxSql.Command(connection,
            $"""SELECT "Id", {OutboxRow.Columns(now)} FROM "{OutboxSql.Invalidations}" WHERE "Id" > @id ORDER BY "Id" LIMIT {MaximumRows}""", ("@id", dealtWith));
        using var reader = command.ExecuteReader();
        var rows = new List<OutboxRow>();
        while (reader.Read()) rows.Add(OutboxRow.Of(reader, reader.GetInt64(0), column: 1));
        read = rows.Count > 0 ? rows[^1].Order : dealtWith;
        return rows.Count < MaximumRows ? rows : null;
    }

    public override void Advance() => dealtWith = read;
}
