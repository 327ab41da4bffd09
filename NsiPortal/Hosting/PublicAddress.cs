namespace NsiPortal.Hosting;

/// <summary>The address under which the portal is known, for the few absolute links it makes. Never the request's <c>Host</c>, which anybody can choose.</summary>
public sealed class PublicAddress
{
    readonly Uri uri;

    PublicAddress(Uri uri) => this.uri = uri;

    public static PublicAddress From(IConfiguration configuration)
    {
        var url = configuration["Portal:PublicUrl"]
            ?? (configuration["RAILWAY_PUBLIC_DOMAIN"] is { Length: > 0 } domain ? $"https://{domain}" : "http://localhost:5080");
        return Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? new PublicAddress(uri)
            : throw new UnusableSettingException($"Portal:PublicUrl : « {url} » n’est pas une adresse. Exemple : https://nsi.exemple.fr.");
    }

    /// <summary>The absolute form of a path that begins with a slash.</summary>
    public string Of(string path) => new Uri(uri, path).AbsoluteUri;

    public override string ToString() => uri.AbsoluteUri;
}
