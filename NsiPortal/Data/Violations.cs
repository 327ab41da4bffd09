using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace NsiPortal.Data;

public static class Violations
{
    const int SqliteUnique = 2067;
    const int SqlitePrimaryKey = 1555;

    extension(DbUpdateException fault)
    {
        /// <summary>Somebody else has written the same key before.</summary>
        public bool IsOfUniqueness => fault.InnerException switch
        {
            SqliteException { SqliteExtendedErrorCode: SqliteUnique or SqlitePrimaryKey } => true,
            PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => true,
            _ => false,
        };
    }
}
