using System.Globalization;
using System.Text;

namespace NsiPortal.Redis;

public enum RedisKind
{
    Null,
    String,
    Integer,
    Double,
    Boolean,

    /// <summary>Arrays and sets.</summary>
    List,

    /// <summary>Keys and values in turn.</summary>
    Map,

    /// <summary>Comes unasked.</summary>
    Push,

    /// <summary>A refusal within a list; one that stands alone is thrown.</summary>
    Error,
}

/// <summary>What the server answered.</summary>
public sealed class RedisValue
{
    readonly long number;
    readonly byte[]? bytes;

    RedisValue(RedisKind kind, long number = 0, byte[]? bytes = null, IReadOnlyList<RedisValue>? items = null) =>
        (Kind, this.number, this.bytes, Items) = (kind, number, bytes, items ?? []);

    internal static RedisValue Null { get; } = new(RedisKind.Null);

    internal static RedisValue Of(RedisKind kind, byte[] bytes) => new(kind, bytes: bytes);

    internal static RedisValue Of(RedisKind kind, long number) => new(kind, number);

    internal static RedisValue Of(RedisKind kind, IReadOnlyList<RedisValue> items) => new(kind, items: items);

    public RedisKind Kind { get; }

    public bool IsNull => Kind == RedisKind.Null;

    /// <summary>The values of a list, or the keys and values of a map; empty for anything else.</summary>
    public IReadOnlyList<RedisValue> Items { get; }

    /// <summary>The bytes of a string, not a copy of them; null for what has none.</summary>
    public byte[]? AsBytes() => bytes;

    /// <exception cref="RedisProtocolException">It is neither a number nor its digits.</exception>
    public long AsInteger() => Kind is RedisKind.Integer or RedisKind.Boolean ? number
        : long.TryParse(bytes, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed) ? parsed
        : throw new RedisProtocolException($"A number was expected where the server answered a {Kind}.");

    /// <summary>The text of a string, or the digits of a number; empty for anything else.</summary>
    public string AsString() => bytes is not null ? Encoding.UTF8.GetString(bytes) : Kind is RedisKind.Integer ? number.ToString(CultureInfo.InvariantCulture) : "";
}
