using System.Data.Common;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using NsiPortal.Accounts;
using NsiPortal.Caching;
using NsiPortal.Caching.Pages;
using NsiPortal.Hosting;
using NsiPortal.Redis;

namespace NsiPortal.Features.Errors;

/// <summary>The page that stands for an error. It reads nothing from the database, which may be what failed.</summary>
public sealed class ErrorsController(ILogger<ErrorsController> log) : Controller
{
    const string SecondsToWait = "10";

    [Route("/erreur/{code:int}")]
    [LivePage]
    [AsksNobody]
    [IgnoreAntiforgeryToken]
    public IActionResult Details()
    {
        var fault = HttpContext.Features.Get<IExceptionHandlerFeature>();
        var silence = DatabaseFault.In(fault?.Error);
        var session = fault?.Error as SessionUnavailableException;
        var statusCode = HttpContext.Features.Get<IStatusCodeReExecuteFeature>();
        // Asked for directly, it is a page like any other that does not exist.
        var status = fault switch
        {
            not null when silence is not null || session is not null => StatusCodes.Status503ServiceUnavailable,
            not null => StatusCodes.Status500InternalServerError,
            // Not the part of the route: a field of the form that failed may have its name.
            null => statusCode?.OriginalStatusCode ?? StatusCodes.Status404NotFound,
        };
        var reference = ErrorPages.Reference(HttpContext);
        // A database or a Redis that does not answer is the same story for each who asks: one line, not where in the code it was asked.
        var story = session?.InnerException is RedisException ? session.Message : silence is DbException { IsTransient: true } or TimeoutException ? silence.Message : null;
        if (story is not null)
            log.LogError("Answered {Status} for {Path}, reference {Reference}: {Fault}", status, fault!.Path, reference, story);
        else if (status >= 500)
            log.LogError(fault?.Error, "Answered {Status} for {Path}, reference {Reference}", status, fault?.Path ?? statusCode?.OriginalPath, reference);
        else
            log.LogInformation("Answered {Status} for {Path}, reference {Reference}", status, statusCode?.OriginalPath, reference);

        Response.StatusCode = status;
        if (status == StatusCodes.Status503ServiceUnavailable) Response.Headers.RetryAfter = SecondsToWait;
        return View(new ErrorViewModel(status, reference, session is null ? (StaleForms.Sent(HttpContext) ? "Stale" : null) : session.Writing ? "NotKept" : "NotRead"));
    }
}

/// <param name="Status">The status of the answer.</param>
/// <param name="Reference">What the reader can give to whoever looks in the log.</param>
/// <param name="Cause">What is told instead of what the status alone means; null for that.</param>
public sealed record ErrorViewModel(int Status, string Reference, string? Cause);
