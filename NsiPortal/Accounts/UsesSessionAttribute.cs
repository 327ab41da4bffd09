using Microsoft.AspNetCore.Mvc.ApplicationModels;
using NsiPortal.Caching.Pages;

namespace NsiPortal.Accounts;

/// <summary>
/// Marks an action that reads or writes <c>HttpContext.Session</c>; elsewhere there is none. Its answer is held back until what it wrote is kept, so it
/// is for pages, not for large files. Shared and personal pages cannot have it: what they show may come from the cache, which knows no session.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UsesSessionAttribute : Attribute, IActionModelConvention
{
    /// <summary>The action can do without what is in it: when it cannot be read or kept, it is empty, and the answer is given all the same.</summary>
    public bool MayBeLost { get; init; }

    /// <summary>Who is signed in has none here, and does not depend on where sessions are kept.</summary>
    public bool OnlyForVisitors { get; init; }

    void IActionModelConvention.Apply(ActionModel action)
    {
        if (action.Attributes.OfType<CachedPageAttribute>().FirstOrDefault() is { } cached)
            throw new InvalidOperationException($"{action.DisplayName} uses the session, but is cached by [{cached.GetType().Name}]: only live pages have a session.");
    }
}
