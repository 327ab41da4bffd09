using System.Globalization;

namespace NsiPortal.Redis;

/// <summary><c>redis://user:password@host:6379/0</c>, or <c>rediss://</c> for TLS. Everything but the host may be left out.</summary>
public static class RedisUrl
{
    /// <exception cref="RedisUrlException">It is no such address; the message says what is wrong, without the address.</exception>
    public static RedisOptions Parse(string url)
    {
        // Not Uri's own words for what is wrong: they may quote the password.
        if (!Uri.TryCreate(url.Trim(), UriKind.Absolute, out var uri)) throw new RedisUrlException("it is no address");
        if (uri.Scheme is not ("redis" or "rediss")) throw new RedisUrlException("it begins neither with redis:// nor with rediss://");
        if (uri.Host.Length == 0) throw new RedisUrlException("it names no host");
        if (uri.Port == 0) throw new RedisUrlException("port 0 is none");
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0) throw new RedisUrlException("nothing may follow the number of the database; a password that holds @, : / ? or # needs percent-encoding");

        var database = 0;
        if (uri.AbsolutePath.Trim('/') is { Length: > 0 } path && !int.TryParse(path, NumberStyles.None, CultureInfo.InvariantCulture, out database))
            throw new RedisUrlException("what follows the host is not the number of a database");
        var parts = uri.UserInfo.Split(':', 2);
        return new RedisOptions
        {
            Host = uri.IdnHost.Trim('[', ']'),
            Port = uri.Port < 0 ? 6379 : uri.Port,
            User = parts[0].Length > 0 ? Uri.UnescapeDataString(parts[0]) : null,
            Password = parts.Length == 2 && parts[1].Length > 0 ? Uri.UnescapeDataString(parts[1]) : null,
            Database = database,
            Tls = uri.Scheme == "rediss",
        };
    }
}
