using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace NsiPortal.Features.Teach.Files;

/// <summary>
/// Stops an upload that is too large before a byte of it is read, and one that does not say its size as soon as it has grown too large. Before the token of
/// the form is looked for, which would read it.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UploadLimitAttribute : RequestSizeLimitAttribute, IAuthorizationFilter
{
    public const int MaximumBytes = 24 * 1024 * 1024;

    public UploadLimitAttribute() : base(MaximumBytes) => Order = 800;

    void IAuthorizationFilter.OnAuthorization(AuthorizationFilterContext context)
    {
        if (context.HttpContext.Request.ContentLength > MaximumBytes) context.Result = new StatusCodeResult(StatusCodes.Status413PayloadTooLarge);
    }
}
