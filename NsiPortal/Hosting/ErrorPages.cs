using System.Diagnostics;

namespace NsiPortal.Hosting;

/// <summary>Every error becomes a French page with its own status and a reference number that is in the log.</summary>
public static class ErrorPages
{
    public static void UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler("/erreur/500");
        app.UseStatusCodePagesWithReExecute("/erreur/{0}");
    }

    /// <summary>What the reader gives to whoever looks in the log: the beginning of the request's trace id, which the line about the error names.</summary>
    public static string Reference(HttpContext http) => Activity.Current?.TraceId.ToHexString() is { } trace ? trace[..12] : http.TraceIdentifier;
}
