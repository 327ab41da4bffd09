using System.Globalization;

namespace NsiPortal.Hosting;

/// <summary>Where the portal listens, refused before anything else begins when it makes no sense.</summary>
static class ListenAddresses
{
    public static void UseListenAddresses(this WebApplicationBuilder builder)
    {
        // Railway says which port to listen on, and may reach it over IPv6 only: the star takes both families, or the one there is.
        if (builder.Configuration["PORT"] is { Length: > 0 } port)
        {
            if (!ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
                throw new UnusableSettingException($"PORT : « {port} » n’est pas un numéro de port, de 1 à 65535.");
            builder.WebHost.UseUrls($"http://*:{number}");
            return;
        }

        foreach (var url in (builder.Configuration[WebHostDefaults.ServerUrlsKey] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            // TLS is the business of the proxy in front.
            if (!IsHttp(url)) throw new UnusableSettingException($"« {url} » n’est pas une adresse où écouter. Exemple : http://127.0.0.1:5080.");
        }
    }

    static bool IsHttp(string url)
    {
        try
        {
            return BindingAddress.Parse(url) is { Scheme: "http", Port: >= 0 and <= ushort.MaxValue };
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
