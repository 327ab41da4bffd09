namespace NsiPortal.Data.Postgres;

public sealed class DatabaseUrlTests
{
    [Theory]
    [InlineData("postgres://ada:secret@db.example:6543/portail", "db.example", 6543, "ada", "secret", "portail")]
    [InlineData("postgresql://ada@db.example/portail", "db.example", 5432, "ada", null, "portail")]
    [InlineData("postgres://ada:p%40ss%2Fw%23rd%3A%25@[fd12::1]:5432/mon%20portail?sslmode=require", "fd12::1", 5432, "ada", "p@ss/w#rd:%", "mon portail")]
    [InlineData(" postgres://ada:a:b@postgres.railway.internal/railway\n", "postgres.railway.internal", 5432, "ada", "a:b", "railway")]
    public void An_address_is_read(string url, string host, int port, string user, string? password, string database)
    {
        var builder = DatabaseUrl.Parse(url);
        Assert.Equal((host, port, user, password, database), (builder.Host, builder.Port, builder.Username, builder.Password, builder.Database));
    }

    [Theory]
    [InlineData("bidule", "n’est pas l’adresse")]
    [InlineData("mysql://ada:secret@db/portail", "n’est pas l’adresse")]
    [InlineData("postgres://ada:sec#ret@db/portail", "")]
    [InlineData("postgres://ada:sec/ret@db/portail", "")]
    [InlineData("postgres://ada:secret@db", "le nom de la base manque")]
    [InlineData("postgres://db/portail", "le nom de l’utilisateur manque")]
    [InlineData("postgres:///portail", "")]
    [InlineData("postgres://ada:secret@db/portail?sslmode=peut-etre", "sslmode ne peut pas être")]
    [InlineData("postgres://ada:secret@db/portail?password=secret", "« password »")]
    [InlineData("postgres://ada:secret@db:99999/portail", "n’est pas l’adresse")]
    [InlineData("postgres://ada:secret@db:0/portail", "le port 0")]
    public void What_is_wrong_is_said_without_the_password(string url, string said)
    {
        var refused = Assert.Throws<DatabaseUnusableException>(() => DatabaseUrl.Parse(url));
        Assert.StartsWith("DATABASE_URL : ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sec", refused.Message, StringComparison.Ordinal);
    }
}
