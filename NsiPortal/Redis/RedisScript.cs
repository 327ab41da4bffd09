using System.Security.Cryptography;
using System.Text;

namespace NsiPortal.Redis;

/// <summary>A program that the server runs in one piece. It is sent once to each server, then called by its hash.</summary>
public sealed class RedisScript(string lua)
{
    // The protocol's name for a script, no protection of anything.
#pragma warning disable CA5350
    readonly string hash = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(lua)));
#pragma warning restore CA5350

    internal RedisCommand ByHash(IReadOnlyList<string> keys, IReadOnlyList<RedisArgument> arguments) => Command("EVALSHA", hash, keys, arguments);

    internal RedisCommand Whole(IReadOnlyList<string> keys, IReadOnlyList<RedisArgument> arguments) => Command("EVAL", lua, keys, arguments);

    static RedisCommand Command(string name, string script, IReadOnlyList<string> keys, IReadOnlyList<RedisArgument> arguments) =>
        new(name, [script, keys.Count, .. keys.Select(key => (RedisArgument)key), .. arguments]);
}
