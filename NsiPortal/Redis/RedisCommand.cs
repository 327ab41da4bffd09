using System.Buffers;
using System.Buffers.Text;

namespace NsiPortal.Redis;

/// <summary>A command and its arguments.</summary>
public sealed class RedisCommand(string name, params ReadOnlySpan<RedisArgument> arguments)
{
    readonly RedisArgument[] parts = [name, .. arguments];

    /// <summary>The command's word; its arguments may be secret.</summary>
    public string Name { get; } = name;

    /// <summary>Writes it as the server reads it: an array of strings with their lengths.</summary>
    internal void WriteTo(IBufferWriter<byte> output)
    {
        WriteLength(output, (byte)'*', parts.Length);
        foreach (var part in parts)
        {
            WriteLength(output, (byte)'$', part.Bytes.Length);
            output.Write(part.Bytes.Span);
            output.Write("\r\n"u8);
        }
    }

    static void WriteLength(IBufferWriter<byte> output, byte kind, int length)
    {
        var span = output.GetSpan(16);
        span[0] = kind;
        Utf8Formatter.TryFormat(length, span[1..], out var written);
        span[written + 1] = (byte)'\r';
        span[written + 2] = (byte)'\n';
        output.Advance(written + 3);
    }
}
