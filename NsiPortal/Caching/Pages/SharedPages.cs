namespace NsiPortal.Caching.Pages;

public static class SharedPages
{
    /// <summary>Authentication and authorization for every endpoint but shared pages, on which no handler runs and nobody is signed in.</summary>
    public static void UseAuthenticationUnlessShared(this IApplicationBuilder app)
    {
        // WebApplication adds both for all endpoints unless it believes that they are there already; a branch does not count.
        app.Properties["__AuthenticationMiddlewareSet"] = true;
        app.Properties["__AuthorizationMiddlewareSet"] = true;
        app.UseWhen(http => http.GetEndpoint()?.Metadata.GetMetadata<SharedPageAttribute>() is null, branch =>
        {
            branch.UseAuthentication();
            branch.UseAuthorization();
        });
    }
}
