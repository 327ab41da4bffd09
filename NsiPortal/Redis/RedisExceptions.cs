namespace NsiPortal.Redis;

/// <summary>Redis did not do what it was asked for.</summary>
public class RedisException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>There is no connection, or no answer came in time: whether the command ran is unknown.</summary>
public sealed class RedisUnavailableException(string message, Exception? inner = null) : RedisException(message, inner);

/// <summary>The server refused.</summary>
public sealed class RedisErrorException(string message) : RedisException(message)
{
    /// <summary>The first word of the refusal: <c>OOM</c>, <c>READONLY</c>, <c>WRONGTYPE</c>…</summary>
    public string Code { get; } = message.Split(' ', 2)[0];
}

/// <summary>What came is no RESP, or more of it than this client takes.</summary>
public sealed class RedisProtocolException(string message) : RedisException(message);

/// <summary>An address that cannot be used. The message holds no part of it that may be secret.</summary>
public sealed class RedisUrlException(string message) : RedisException(message);
