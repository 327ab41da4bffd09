namespace NsiPortal.Redis;

/// <summary>A stream that gives its bytes in pieces.</summary>
/// <param name="bytes">All of them.</param>
/// <param name="next">How many the next piece has at most.</param>
sealed class Pieces(byte[] bytes, Func<int> next) : MemoryStream(bytes)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span[..Math.Min(buffer.Length, next())]));
}
