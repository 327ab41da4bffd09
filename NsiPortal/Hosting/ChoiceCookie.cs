namespace NsiPortal.Hosting;

/// <summary>A choice of the reader that this browser keeps for a year, and that says nothing about them. Scripts may read it.</summary>
public static class ChoiceCookie
{
    /// <summary>Read and written by <c>layout.js</c> too.</summary>
    public const string Theme = "theme";

    public static void Write(HttpContext http, string name, string value) => http.Response.Cookies.Append(name, value, new CookieOptions
    {
        Path = "/", MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, IsEssential = true,
    });
}
