using System.Buffers.Text;

namespace NsiPortal.Redis;

/// <summary>What a server may send at most: whatever it claims, this much memory is the most it can take.</summary>
public sealed record RespLimits
{
    /// <summary>Bytes of one string.</summary>
    public int String { get; init; } = 64 * 1024 * 1024;

    /// <summary>Values of one list or map.</summary>
    public int Items { get; init; } = 1_000_000;

    /// <summary>Lists within lists.</summary>
    public int Depth { get; init; } = 16;

    /// <summary>Bytes of one answer, each of its values counted as <see cref="PerValue"/> more.</summary>
    public long Answer { get; init; } = 128 * 1024 * 1024;

    internal const int PerValue = 64;
}

/// <summary>
/// Reads answers of RESP 3 from a stream. A string goes straight into its final array; one that is claimed to be large gets its memory as its bytes
/// arrive, so that a length alone costs nothing.
/// </summary>
sealed class RespReader(Stream stream, RespLimits limits)
{
    const int BufferSize = 16 * 1024;
    const int MaximumLine = 8 * 1024;

    /// <summary>A longer string is believed as it arrives.</summary>
    const int Believed = 256 * 1024;

    readonly byte[] buffer = new byte[BufferSize];
    int start;
    int end;
    long budget;

    /// <exception cref="RedisProtocolException">It is no answer, or one beyond the limits. Nothing more can be read then.</exception>
    /// <exception cref="EndOfStreamException">The stream ended.</exception>
    public ValueTask<RedisValue> ReadAsync(CancellationToken cancellationToken)
    {
        budget = limits.Answer;
        return ReadAsync(0, cancellationToken);
    }

    async ValueTask<RedisValue> ReadAsync(int depth, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (depth > limits.Depth) throw new RedisProtocolException("Lists stand within lists too deeply.");
            Spend(RespLimits.PerValue);
            var line = await LineAsync(cancellationToken);
            var kind = line.Span[0];
            switch (kind)
            {
                case (byte)'+': return RedisValue.Of(RedisKind.String, Keep(line[1..]));
                case (byte)'-': return RedisValue.Of(RedisKind.Error, Keep(line[1..]));
                case (byte)':': return RedisValue.Of(RedisKind.Integer, Number(line[1..]));
                case (byte)'(': return RedisValue.Of(RedisKind.String, Keep(line[1..]));
                case (byte)',': return RedisValue.Of(RedisKind.Double, Keep(line[1..]));
                case (byte)'_' when line.Length == 1: return RedisValue.Null;
                case (byte)'#' when line.Length == 2 && line.Span[1] is (byte)'t' or (byte)'f': return RedisValue.Of(RedisKind.Boolean, line.Span[1] == (byte)'t' ? 1 : 0);
                case (byte)'$' or (byte)'!' or (byte)'=':
                    if (await StringAsync(Number(line[1..]), cancellationToken) is not { } text) return RedisValue.Null;
                    if (kind == (byte)'!') return RedisValue.Of(RedisKind.Error, text);
                    // Three letters and a colon say what kind of text a verbatim string is.
                    return RedisValue.Of(RedisKind.String, kind == (byte)'=' && text.Length >= 4 ? text[4..] : text);
                case (byte)'*' or (byte)'~':
                    var items = await ItemsAsync(Number(line[1..]), 1, depth, cancellationToken);
                    return items is null ? RedisValue.Null : RedisValue.Of(RedisKind.List, items);
                case (byte)'>': return RedisValue.Of(RedisKind.Push, await ItemsAsync(Number(line[1..]), 1, depth, cancellationToken) ?? []);
                case (byte)'%': return RedisValue.Of(RedisKind.Map, await ItemsAsync(Number(line[1..]), 2, depth, cancellationToken) ?? []);
                case (byte)'|':
                    // Attributes: about the value that follows, which is what was asked for.
                    await ItemsAsync(Number(line[1..]), 2, depth, cancellationToken);
                    continue;
                default: throw new RedisProtocolException("What came is no RESP.");
            }
        }
    }

    async ValueTask<RedisValue[]?> ItemsAsync(long count, int each, int depth, CancellationToken cancellationToken)
    {
        if (count == -1) return null;
        if (count < 0 || count > limits.Items / each) throw new RedisProtocolException("A list is longer than is taken.");
        // Each value takes three bytes at least: what has not arrived takes no room.
        var items = new List<RedisValue>((int)Math.Min(count * each, 64));
        for (var i = 0; i < count * each; i++) items.Add(await ReadAsync(depth + 1, cancellationToken));
        return [.. items];
    }

    async ValueTask<byte[]?> StringAsync(long length, CancellationToken cancellationToken)
    {
        if (length == -1) return null;
        if (length < 0 || length > limits.String) throw new RedisProtocolException("A string is longer than is taken.");
        Spend(length);
        var text = new byte[Math.Min((int)length, Believed)];
        var read = 0;
        while (read < length)
        {
            if (read == text.Length) Array.Resize(ref text, (int)Math.Min(length, text.Length * 4L));
            var wanted = text.AsMemory(read);
            if (start < end)
            {
                var taken = Math.Min(wanted.Length, end - start);
                buffer.AsMemory(start, taken).CopyTo(wanted);
                start += taken;
                read += taken;
            }
            else
            {
                var taken = await stream.ReadAsync(wanted, cancellationToken);
                if (taken == 0) throw new EndOfStreamException();
                read += taken;
            }
        }

        if ((await LineAsync(cancellationToken, mayBeEmpty: true)).Length > 0) throw new RedisProtocolException("A string does not end where it said.");
        return text;
    }

    /// <summary>A line without its end. Valid until the next is read.</summary>
    ValueTask<ReadOnlyMemory<byte>> LineAsync(CancellationToken cancellationToken, bool mayBeEmpty = false) =>
        TryLine(0, mayBeEmpty, out _) is { } line ? ValueTask.FromResult(line) : FillLineAsync(mayBeEmpty, cancellationToken);

    async ValueTask<ReadOnlyMemory<byte>> FillLineAsync(bool mayBeEmpty, CancellationToken cancellationToken)
    {
        var seen = 0;
        while (true)
        {
            if (TryLine(seen, mayBeEmpty, out seen) is { } line) return line;
            if (end - start > MaximumLine) throw new RedisProtocolException("A line is longer than is taken.");
            if (end == buffer.Length)
            {
                buffer.AsSpan(start, end - start).CopyTo(buffer);
                (start, end) = (0, end - start);
            }

            var read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken);
            if (read == 0) throw new EndOfStreamException();
            end += read;
        }
    }

    /// <param name="from">How many bytes have been looked at before.</param>
    /// <param name="mayBeEmpty">Whether it may be the end of a string, and nothing else.</param>
    /// <param name="seen">How many have been now.</param>
    ReadOnlyMemory<byte>? TryLine(int from, bool mayBeEmpty, out int seen)
    {
        var arrived = buffer.AsSpan(start, end - start);
        var length = arrived[from..].IndexOf((byte)'\n');
        seen = arrived.Length;
        if (length < 0) return null;
        length += from;
        if (length == 0 || arrived[length - 1] != (byte)'\r' || length - 1 > MaximumLine || (length == 1 && !mayBeEmpty)) throw new RedisProtocolException("A line does not end as it should.");
        var line = buffer.AsMemory(start, length - 1);
        start += length + 1;
        return line;
    }

    byte[] Keep(ReadOnlyMemory<byte> text)
    {
        Spend(text.Length);
        return text.ToArray();
    }

    void Spend(long bytes)
    {
        if ((budget -= bytes) < 0) throw new RedisProtocolException("An answer is larger than is taken.");
    }

    static long Number(ReadOnlyMemory<byte> digits) =>
        Utf8Parser.TryParse(digits.Span, out long number, out var used) && used == digits.Length ? number : throw new RedisProtocolException("A number was expected.");
}
