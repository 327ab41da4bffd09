using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace NsiPortal.Hosting;

/// <summary>
/// Reads the form of a request before anybody looks for something in it: one that cannot be read is the sender's fault, 400, and one that grows beyond
/// what its address takes is 413. What is sent as something else than a form has no fields.
/// </summary>
sealed class ReadableForms : IAsyncAuthorizationFilter, IOrderedFilter
{
    /// <summary>Behind the limits that an action sets, which are at 900, and before the token of the form, at 1000.</summary>
    public int Order => 950;

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var http = context.HttpContext;
        // The page that tells of an error is made by the same request.
        var told = http.Features.Get<IStatusCodeReExecuteFeature>() is not null || http.Features.Get<IExceptionHandlerFeature>() is not null;
        if (told || HttpMethods.IsGet(http.Request.Method)) return;
        try
        {
            if (http.Request.HasFormContentType) await http.Request.ReadFormAsync(http.RequestAborted);
            else http.Request.Form = FormCollection.Empty;
        }
        catch (BadHttpRequestException fault)
        {
            context.Result = new StatusCodeResult(fault.StatusCode);
        }
        // Malformed, cut off, of too many fields, or in an encoding that nobody reads.
        catch (Exception fault) when (fault is InvalidDataException or IOException or ArgumentException or NotSupportedException)
        {
            context.Result = new StatusCodeResult(StatusCodes.Status400BadRequest);
        }
    }
}
