namespace NsiPortal.Caching.Outbox;

/// <summary>
/// The tags of one save, written in the transaction that changes what they stand for. Whatever becomes of the writer after its commit, every
/// serving process finds the row and overwrites the tokens.
/// </summary>
public sealed class CacheInvalidation
{
    const char Separator = '\n';

    CacheInvalidation() { }

    internal CacheInvalidation(IEnumerable<string> tags) => Tags = string.Join(Separator, tags.Order(StringComparer.Ordinal));

    public long Id { get; private set; }

    /// <summary>Random; tells the row from any other, even one that has its id after a rollback.</summary>
    public string Key { get; private set; } = Guid.NewGuid().ToString("n");

    /// <summary>The names of the tags, one a line.</summary>
    public string Tags { get; private set; } = "";

    /// <summary>Milliseconds since 1970 by the database's clock.</summary>
    public long At { get; private set; }

    /// <summary>The store in which every process that serves finds the tokens overwritten; null when nobody has said so.</summary>
    public string? DoneIn { get; private set; }

    internal static string[] Split(string tags) => tags.Split(Separator);
}
