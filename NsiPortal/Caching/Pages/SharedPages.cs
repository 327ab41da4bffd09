using Microsoft.AspNetCore.Mvc.Controllers;

namespace NsiPortal.Caching.Pages;

public static class SharedPages
{
    /// <summary>
    /// Authentication and authorization for every action but shared pages and those with <see cref="AsksNobodyAttribute"/>, on which no handler runs and
    /// nobody is signed in; nor for files, whose readers are nobody's business.
    /// </summary>
    public static void UseAuthenticationUnlessShared(this IApplicationBuilder app)
    {
        // WebApplication adds both for all endpoints unless it believes that they are there already; a branch does not count.
        app.Properties["__AuthenticationMiddlewareSet"] = true;
        app.Properties["__AuthorizationMiddlewareSet"] = true;
        app.UseWhen(static http => http.GetEndpoint()?.Metadata is { } data && data.GetMetadata<ControllerActionDescriptor>() is not null
            && data.GetMetadata<SharedPageAttribute>() is null && data.GetMetadata<AsksNobodyAttribute>() is null, branch =>
        {
            branch.UseAuthentication();
            branch.UseAuthorization();
        });
    }
}

/// <summary>Marks a live page that asks nobody who they are: it is shown when the database, which knows, does not answer.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AsksNobodyAttribute : Attribute;
