using System.Globalization;
using System.Text;

namespace NsiPortal.Redis;

/// <summary>Answers as a server that is broken or means harm would send them: random, or good ones with some bytes changed, cut, doubled or swapped.</summary>
public static class RespFuzz
{
    static readonly RespLimits Limits = new() { String = 4096, Items = 64, Depth = 6, Answer = 64 * 1024 };

    /// <summary>More than the limits allow one answer, with the reader's own buffer and what a thrown exception takes.</summary>
    const long MostAllocated = 600 * 1024;

    /// <summary>Feeds the reader; throws at the first input that does anything but give answers, end, or be refused.</summary>
    /// <returns>How many inputs were fed.</returns>
    public static async Task<int> RunAsync(int inputs, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < inputs; i++)
        {
            var input = random.Next(4) == 0 ? Noise(random) : Mutated(random);
            var piece = random.Next(1, 64);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var answers = 0;
            try
            {
                var reader = new RespReader(new Pieces(input, () => piece), Limits);
                while (true)
                {
                    _ = (await reader.ReadAsync(CancellationToken.None)).Kind;
                    answers++;
                }
            }
            catch (Exception fault) when (fault is RedisProtocolException or EndOfStreamException)
            {
                var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                if (allocated > MostAllocated * (answers + 1)) throw new InvalidOperationException($"Input {i} of seed {seed} took {allocated} bytes: {Convert.ToHexString(input)}", fault);
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"Input {i} of seed {seed}: {Convert.ToHexString(input)}", fault);
            }
        }

        return inputs;
    }

    static byte[] Noise(Random random)
    {
        const string likely = "+-:$*_#,(!=%~>|0123456789\r\n\r\ntf?";
        var noise = new byte[random.Next(200)];
        for (var i = 0; i < noise.Length; i++) noise[i] = random.Next(5) == 0 ? (byte)random.Next(256) : (byte)likely[random.Next(likely.Length)];
        return noise;
    }

    static byte[] Mutated(Random random)
    {
        var good = new StringBuilder();
        for (var i = random.Next(1, 4); i > 0; i--) Write(good, random, 0);
        var bytes = Encoding.Latin1.GetBytes(good.ToString()).ToList();
        for (var i = random.Next(4); i > 0 && bytes.Count > 1; i--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, random.Next(bytes.Count - at)); break;
                case 2: bytes.InsertRange(at, bytes[at..random.Next(at, bytes.Count)]); break;
                default: (bytes[at], bytes[0]) = (bytes[0], bytes[at]); break;
            }
        }

        return [.. bytes];
    }

    static void Write(StringBuilder output, Random random, int depth)
    {
        switch (random.Next(depth > 5 ? 8 : 12))
        {
            case 0: output.Append("+OK\r\n"); break;
            case 1: output.Append(CultureInfo.InvariantCulture, $":{random.NextInt64()}\r\n"); break;
            case 2: output.Append("_\r\n"); break;
            case 3: output.Append("$-1\r\n"); break;
            case 4: output.Append("#t\r\n"); break;
            case 5: output.Append("-ERR non\r\n"); break;
            case 6: output.Append(",1.5\r\n"); break;
            case 7:
                var length = random.Next(random.Next(10) == 0 ? 6000 : 40);
                output.Append(CultureInfo.InvariantCulture, $"{(random.Next(2) == 0 ? '$' : '=')}{length}\r\n").Append('x', length).Append("\r\n");
                break;
            case 8: Many('*', 1); break;
            case 9: Many('%', 2); break;
            case 10: Many('>', 1); break;
            default: Many('|', 2); break;
        }

        void Many(char kind, int each)
        {
            var count = random.Next(5);
            output.Append(CultureInfo.InvariantCulture, $"{kind}{count}\r\n");
            for (var i = 0; i < count * each; i++) Write(output, random, depth + 1);
        }
    }
}
