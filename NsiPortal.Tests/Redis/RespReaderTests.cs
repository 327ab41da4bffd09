using System.Text;

namespace NsiPortal.Redis;

/// <summary>Answers, whole, in pieces, and from a server that is broken or means harm.</summary>
public sealed class RespReaderTests
{
    static readonly RespLimits Small = new() { String = 64 * 1024, Items = 100, Depth = 4, Answer = 256 * 1024 };

    [Theory]
    [InlineData("+OK\r\n", "String OK")]
    [InlineData("+\r\n", "String ")]
    [InlineData(":-42\r\n", "Integer -42")]
    [InlineData("$5\r\nélu\r\r\n", "String élu\r")]
    [InlineData("$0\r\n\r\n", "String ")]
    [InlineData("$-1\r\n", "Null")]
    [InlineData("*-1\r\n", "Null")]
    [InlineData("_\r\n", "Null")]
    [InlineData("#t\r\n", "Boolean 1")]
    [InlineData(",3.5\r\n", "Double 3.5")]
    [InlineData("(123456789012345678901234567890\r\n", "String 123456789012345678901234567890")]
    [InlineData("-WRONGTYPE non\r\n", "Error WRONGTYPE non")]
    [InlineData("!7\r\nERR non\r\n", "Error ERR non")]
    [InlineData("=7\r\ntxt:oui\r\n", "String oui")]
    [InlineData("*0\r\n", "List []")]
    [InlineData("*3\r\n:1\r\n*1\r\n$1\r\na\r\n_\r\n", "List [Integer 1, List [String a], Null]")]
    [InlineData("~2\r\n:1\r\n:2\r\n", "List [Integer 1, Integer 2]")]
    [InlineData("%1\r\n+a\r\n:1\r\n", "Map [String a, Integer 1]")]
    [InlineData(">2\r\n+message\r\n+a\r\n", "Push [String message, String a]")]
    [InlineData("|1\r\n+ttl\r\n:3\r\n+OK\r\n", "String OK")]
    public async Task It_reads_every_kind_of_value_in_whatever_pieces_it_comes(string sent, string read)
    {
        foreach (var piece in new[] { 1, 2, 3, 7, 1000 })
        {
            var reader = new RespReader(new Pieces(Encoding.UTF8.GetBytes(sent + sent), () => piece), Small);
            for (var i = 0; i < 2; i++) Assert.Equal(read, Show(await reader.ReadAsync(CancellationToken.None)));
            await Assert.ThrowsAsync<EndOfStreamException>(async () => await reader.ReadAsync(CancellationToken.None));
        }
    }

    [Theory]
    [InlineData("bonjour\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n")]
    [InlineData("\r\n")]
    [InlineData("+OK\n")]
    [InlineData(":\r\n")]
    [InlineData(":12x\r\n")]
    [InlineData(":99999999999999999999\r\n")]
    [InlineData("$-2\r\n")]
    [InlineData("$65537\r\n")]
    [InlineData("$2147483647\r\n")]
    [InlineData("$9223372036854775807\r\n")]
    [InlineData("$1\r\nab\r\n")]
    [InlineData("$?\r\n")]
    [InlineData("*101\r\n")]
    [InlineData("*-2\r\n")]
    [InlineData("%51\r\n")]
    [InlineData("*9223372036854775807\r\n")]
    [InlineData("%9223372036854775807\r\n")]
    [InlineData("*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n+a\r\n")]
    [InlineData("#x\r\n")]
    public async Task What_is_no_answer_or_too_much_of_one_is_refused(string sent)
    {
        var reader = new RespReader(new Pieces(Encoding.UTF8.GetBytes(sent), () => 1000), Small);
        await Assert.ThrowsAsync<RedisProtocolException>(async () => await reader.ReadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_line_without_end_is_refused() =>
        await Assert.ThrowsAsync<RedisProtocolException>(async () => await new RespReader(new Pieces(Encoding.UTF8.GetBytes("+" + new string('a', 100_000)), () => 1000), Small).ReadAsync(CancellationToken.None));

    [Fact]
    public async Task Many_small_values_are_as_much_as_one_large_one()
    {
        var sent = "*100\r\n" + string.Concat(Enumerable.Repeat($"$4000\r\n{new string('a', 4000)}\r\n", 100));
        var reader = new RespReader(new Pieces(Encoding.UTF8.GetBytes(sent), () => 1000), Small);
        await Assert.ThrowsAsync<RedisProtocolException>(async () => await reader.ReadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_length_alone_takes_no_memory()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var claim in new[] { "$60000000\r\nabc", "*1000000\r\n:1\r\n", "%500000\r\n:1\r\n" })
        {
            var reader = new RespReader(new Pieces(Encoding.UTF8.GetBytes(claim), () => 1000), new RespLimits());
            await Assert.ThrowsAsync<EndOfStreamException>(async () => await reader.ReadAsync(CancellationToken.None));
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public async Task A_large_string_arrives_as_it_was_sent()
    {
        var body = new byte[3_000_000];
        new Random(1).NextBytes(body);
        byte[] sent = [.. "*2\r\n$3000000\r\n"u8, .. body, .. "\r\n:7\r\n"u8];
        var random = new Random(2);
        var answer = await new RespReader(new Pieces(sent, () => random.Next(1, 50_000)), new RespLimits()).ReadAsync(CancellationToken.None);
        Assert.Equal(body, answer.Items[0].AsBytes());
        Assert.Equal(7, answer.Items[1].AsInteger());
    }

    [Fact]
    public async Task Whatever_comes_it_is_an_answer_or_refused()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        Assert.Equal(200_000, await RespFuzz.RunAsync(200_000, seed));
    }

    static string Show(RedisValue value) => value.Kind switch
    {
        RedisKind.Null => "Null",
        RedisKind.Boolean => $"Boolean {value.AsInteger()}",
        RedisKind.List or RedisKind.Map or RedisKind.Push => $"{value.Kind} [{string.Join(", ", value.Items.Select(Show))}]",
        _ => $"{value.Kind} {value.AsString()}",
    };
}
