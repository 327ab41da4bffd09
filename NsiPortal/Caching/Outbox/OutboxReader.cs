using System.Data.Common;

namespace NsiPortal.Caching.Outbox;

/// <summary>Finds the rows of the outbox that its process has not dealt with, by one indexed query whatever the table holds.</summary>
public abstract class OutboxReader
{
    /// <summary>A process that was away for so many changes forgets everything, which is cheaper than learning of each.</summary>
    internal const int MaximumRows = 5_000;

    /// <summary>Takes all that is committed so far as dealt with: a process that starts now has read nothing older.</summary>
    public abstract void Start(DbConnection connection);

    /// <summary>The new rows; null when they are too many to be told. They are new again at the next call unless <see cref="Advance"/> comes between.</summary>
    public abstract IReadOnlyList<OutboxRow>? Read(DbConnection connection);

    /// <summary>What was read last has been dealt with.</summary>
    public abstract void Advance();
}

/// <summary>A row of the outbox, as the poll reads it.</summary>
/// <param name="Order">What the reader goes by.</param>
/// <param name="Key">See <see cref="CacheInvalidation.Key"/>.</param>
/// <param name="Tags">See <see cref="CacheInvalidation.Tags"/>.</param>
/// <param name="DoneIn">See <see cref="CacheInvalidation.DoneIn"/>.</param>
/// <param name="Age">How long ago it was written, by the database's clock.</param>
public sealed record OutboxRow(long Order, string Key, string Tags, string? DoneIn, TimeSpan Age)
{
    /// <summary>What follows the order in a reader's query.</summary>
    internal static string Columns(string now) => $""" "Key", "Tags", "DoneIn", {now} - "At" AS "Age" """;

    /// <summary>The row of those columns, the first of them at <paramref name="column"/>.</summary>
    internal static OutboxRow Of(DbDataReader reader, long order, int column) => new(
        order, reader.GetString(column), reader.GetString(column + 1), reader.IsDBNull(column + 2) ? null : reader.GetString(column + 2), TimeSpan.FromMilliseconds(reader.GetInt64(column + 3)));
}
