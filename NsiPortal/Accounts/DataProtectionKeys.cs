using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching;
using NsiPortal.Data;

namespace NsiPortal.Accounts;

/// <summary>The keys are in the database, where every process finds them. What was read once goes on while the database does not answer.</summary>
sealed class DataProtectionKeys(IDbContextFactory<PortalDbContext> contexts, ILogger<DataProtectionKeys> log) : IXmlRepository
{
    volatile List<string>? known;

    // The framework asks at the start, then once a day.
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        try
        {
            using var db = contexts.CreateDbContext();
            known = db.DataProtectionKeys.OrderBy(key => key.Id).Select(key => key.Xml).ToList();
        }
        catch (Exception fault) when (known is not null && DatabaseFault.In(fault) is { } silence)
        {
            log.LogWarning("The database does not say whether there are new keys ({Fault}): those that were read before go on", silence.Message);
        }

        return [.. known!.Select(xml => XElement.Parse(xml))];
    }

    // Four times a year, and the framework wants to wait for it.
    public void StoreElement(XElement element, string friendlyName) => StoreAsync(element, friendlyName).GetAwaiter().GetResult();

    async Task StoreAsync(XElement element, string friendlyName)
    {
        await using var db = await contexts.CreateDbContextAsync();
        db.Add(new DataProtectionKey(friendlyName, element.ToString(SaveOptions.DisableFormatting)));
        await db.SaveChangesAsync();
    }
}
