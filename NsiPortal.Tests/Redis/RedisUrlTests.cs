namespace NsiPortal.Redis;

/// <summary>What <c>REDIS_URL</c> may say, and what is told of it when it says something else.</summary>
public sealed class RedisUrlTests
{
    [Theory]
    [InlineData("redis://localhost", "localhost", 6379, null, null, 0, false)]
    [InlineData("redis://10.0.0.7:6380/3", "10.0.0.7", 6380, null, null, 3, false)]
    [InlineData("rediss://portail:s%40l%3At%2F%C3%A9@redis.example:7000/15", "redis.example", 7000, "portail", "s@l:t/é", 15, true)]
    [InlineData("redis://:secret@[fd12::7]:6379", "fd12::7", 6379, null, "secret", 0, false)]
    [InlineData(" redis://default:secret@redis.railway.internal:6379 ", "redis.railway.internal", 6379, "default", "secret", 0, false)]
    public void It_names_host_port_user_password_database_and_tls(string url, string host, int port, string? user, string? password, int database, bool tls)
    {
        var options = RedisUrl.Parse(url);
        Assert.Equal((host, port, user, password, database, tls), (options.Host, options.Port, options.User, options.Password, options.Database, options.Tls));
    }

    [Theory]
    [InlineData("localhost:6379", "begins neither")]
    [InlineData("http://:secret@redis:6379", "begins neither")]
    [InlineData("redis", "no address")]
    [InlineData("redis://:secret@redis:6379/premier", "number of a database")]
    [InlineData("redis://:secret@redis:6379/-1", "number of a database")]
    [InlineData("redis://:secret@redis:123456/0", "no address")]
    [InlineData("redis://:sec#ret@redis:6379/0", "")]
    [InlineData("redis://:secret@redis:6379/0?secret=oui", "percent-encoding")]
    [InlineData("redis://:secret@redis:0/0", "port 0")]
    public void What_is_wrong_is_told_without_the_password(string url, string told)
    {
        var fault = Assert.Throws<RedisUrlException>(() => RedisUrl.Parse(url));
        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sec", fault.ToString().Replace(nameof(RedisUrlException), "", StringComparison.Ordinal).Split("   at ")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_options_never_show_who_they_are_for()
    {
        var options = RedisUrl.Parse("rediss://portail:secret@[fd12::7]:7000/2");
        Assert.Equal("rediss://[fd12::7]:7000/2", options.ToString());
    }
}
