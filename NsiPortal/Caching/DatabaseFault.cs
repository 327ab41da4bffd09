using System.Data.Common;

namespace NsiPortal.Caching;

/// <summary>Tells the faults of the database from all others, however deep its provider and EF wrap them.</summary>
public static class DatabaseFault
{
    /// <summary>The database's own fault, or the time-out of a connection pool, within <paramref name="fault"/>; null for anything else.</summary>
    public static Exception? In(Exception? fault) => fault switch
    {
        // What was given up was not refused, though the provider puts the database's word for it inside.
        null or OperationCanceledException => null,
        DbException or TimeoutException => fault,
        _ => In(fault.InnerException),
    };

    public static bool IsIn(Exception fault) => In(fault) is not null;
}
