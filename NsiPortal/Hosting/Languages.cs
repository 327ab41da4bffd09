using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace NsiPortal.Hosting;

/// <summary>
/// The languages that the portal speaks. A cookie says which, never the browser's own settings: they would multiply the entries of the cache and surprise
/// whoever shares a screen.
/// </summary>
public static class Languages
{
    public const string Cookie = "langue";

    static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");
    static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");
    static readonly Task<ProviderCultureResult?> InEnglish = Task.FromResult<ProviderCultureResult?>(new ProviderCultureResult(English.Name));
    static readonly Task<ProviderCultureResult?> ByDefault = Task.FromResult<ProviderCultureResult?>(null);

    /// <summary>The one of this request, as <c>lang</c> names it.</summary>
    public static string Current => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    /// <summary>For <c>lang</c> where courses speak, which are French; null where the page is too.</summary>
    public static string? OfContent => Current == "fr" ? null : "fr";

    internal static void Configure(RequestLocalizationOptions localization)
    {
        localization.DefaultRequestCulture = new RequestCulture(French);
        localization.SupportedCultures = localization.SupportedUICultures = [French, English];
        localization.RequestCultureProviders = [new CustomRequestCultureProvider(http => http.Request.Cookies[Cookie] == English.TwoLetterISOLanguageName ? InEnglish : ByDefault)];
    }

    /// <param name="language">« fr » or « en ».</param>
    public static void Choose(HttpContext http, string language) => ChoiceCookie.Write(http, Cookie, language);
}
