using NsiPortal.Domain.People;
using NsiPortal.Hosting;

namespace NsiPortal.Features.Shared;

public static class Preferring
{
    /// <summary>From now on this browser has what the user chose; what they did not choose stays as it is.</summary>
    public static void Follow(this HttpContext http, User user)
    {
        if (user.Language is { } language) Languages.Choose(http, language);
        if (user.Theme is { } theme) ChoiceCookie.Write(http, ChoiceCookie.Theme, theme);
    }
}
