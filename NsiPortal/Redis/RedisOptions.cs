using System.Security.Cryptography.X509Certificates;

namespace NsiPortal.Redis;

/// <summary>Which server, and how patient its client is.</summary>
public sealed record RedisOptions
{
    public required string Host { get; init; }
    public int Port { get; init; } = 6379;
    public string? User { get; init; }
    public string? Password { get; init; }
    public int Database { get; init; }
    public bool Tls { get; init; }

    /// <summary>Authorities that are trusted instead of the machine's; null for the machine's.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>How the connections are called in the server's list of clients.</summary>
    public string ClientName { get; init; } = "nsi-portal";

    /// <summary>For a connection until its first command may be sent.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>For the answer to a command whose caller names no other time.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Commands of one connection that may wait for their answers at once; more of them wait to be sent.</summary>
    public int MaximumInFlight { get; init; } = 512;

    public RespLimits Limits { get; init; } = new();

    /// <summary>Where, without who and how: this is written to logs.</summary>
    public override string ToString() => $"{(Tls ? "rediss" : "redis")}://{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}/{Database}";
}
