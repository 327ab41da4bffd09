using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;

namespace NsiPortal.Hosting;

/// <summary>
/// Notes that a form was refused for its token, for the page of the error to say so: nothing is wrong with the address, but the form is from before
/// its sender signed in or was signed out.
/// </summary>
sealed class StaleForms : IAlwaysRunResultFilter
{
    public static bool Sent(HttpContext http) => http.Items.ContainsKey(typeof(StaleForms));

    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (context.Result is IAntiforgeryValidationFailedResult) context.HttpContext.Items[typeof(StaleForms)] = true;
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }
}
