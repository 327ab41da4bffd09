using Npgsql;

namespace NsiPortal.Data.Postgres;

/// <summary>Reads <c>DATABASE_URL</c>: <c>postgres://user:password@host:port/database?sslmode=…</c>, as Railway and libpq write it.</summary>
static class DatabaseUrl
{
    const string Example = "Exemple : postgres://portail:motdepasse@localhost:5432/portail";

    /// <exception cref="DatabaseUnusableException">Says what is wrong without repeating the address, which holds a password.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string url)
    {
        if (!Uri.TryCreate(url.Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("postgres" or "postgresql"))
            throw Unusable($"ce n’est pas l’adresse d’une base PostgreSQL. {Example}. Dans le mot de passe, @ s’écrit %40, / s’écrit %2F et # s’écrit %23");
        if (uri.Host.Length == 0) throw Unusable($"le nom du serveur manque. {Example}");
        var database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/'));
        if (database.Length == 0) throw Unusable($"le nom de la base manque après le serveur. {Example}");
        var user = uri.UserInfo.Split(':', 2);
        if (user[0].Length == 0) throw Unusable($"le nom de l’utilisateur manque. {Example}");
        if (uri.Port == 0) throw Unusable("le port 0 n’en est pas un");
        if (uri.Fragment.Length > 0) throw Unusable("elle contient un #, qui s’écrit %23 dans une adresse");

        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = uri.IdnHost.Trim('[', ']'),
            Port = uri.Port < 0 ? NpgsqlConnection.DefaultPort : uri.Port,
            Database = database,
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            ApplicationName = "nsi-portal",
        };
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = pair.Split('=', 2) is [var k, var v] ? (k, Uri.UnescapeDataString(v)) : (pair, "");
            switch (key)
            {
                case "sslmode": builder.SslMode = Mode(value); break;
                case "sslrootcert": builder.RootCertificate = value; break;
                case "application_name": builder.ApplicationName = value; break;
                default: throw Unusable($"le réglage « {key} » n’est pas connu ; sslmode, sslrootcert et application_name le sont");
            }
        }

        return builder;
    }

    static SslMode Mode(string value) => value switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "prefer" => SslMode.Prefer,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        _ => throw Unusable($"sslmode ne peut pas être « {value} » : disable, allow, prefer, require, verify-ca ou verify-full"),
    };

    static DatabaseUnusableException Unusable(string reason) => new($"DATABASE_URL : {reason}.", null);
}
