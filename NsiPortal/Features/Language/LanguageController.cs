using Microsoft.AspNetCore.Mvc;
using NsiPortal.Caching.Pages;
using NsiPortal.Domain.People;
using NsiPortal.Hosting;

namespace NsiPortal.Features.Language;

/// <summary>A link, so that pages that are everybody's can hold it: it changes nothing but what this browser asks for.</summary>
public sealed class LanguageController : Controller
{
    [HttpGet("/langue/{language}")]
    [LivePage]
    [AsksNobody]
    public IActionResult Choose(string language)
    {
        if (!Preferences.Languages.Contains(language)) return NotFound();
        Languages.Choose(HttpContext, language);
        return LocalRedirect(Back());
    }

    /// <summary>The page of the portal that the reader comes from.</summary>
    string Back() =>
        Uri.TryCreate(Request.Headers.Referer, UriKind.Absolute, out var from) && from.Authority == Request.Host.Value && Url.IsLocalUrl(from.PathAndQuery)
            && !from.AbsolutePath.StartsWith("/langue/", StringComparison.Ordinal) ? from.PathAndQuery : "/";
}
