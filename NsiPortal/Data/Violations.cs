using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace NsiPortal.Data;

/// <summary>Why the database has refused what was to be written, whoever tells it: EF for rows, the provider itself for statements of our own.</summary>
public static class Violations
{
    const int SqliteUnique = 2067;
    const int SqlitePrimaryKey = 1555;
    const int SqliteForeignKey = 787;

    extension(Exception fault)
    {
        /// <summary>Somebody else has written the same key before.</summary>
        public bool IsOfUniqueness => Provider(fault) switch
        {
            SqliteException { SqliteExtendedErrorCode: SqliteUnique or SqlitePrimaryKey } => true,
            PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => true,
            _ => false,
        };

        /// <summary>What a row refers to has gone.</summary>
        public bool IsOfReference => Provider(fault) switch
        {
            SqliteException { SqliteExtendedErrorCode: SqliteForeignKey } => true,
            PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation } => true,
            _ => false,
        };

        /// <summary>Two transactions waited for each other, and this one was given up: it may be made again.</summary>
        public bool IsOfDeadlock => Provider(fault) is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected };
    }

    static DbException? Provider(Exception fault) => fault as DbException ?? fault.InnerException as DbException;
}
