using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NsiPortal.Caching;
using NsiPortal.Caching.Outbox;

namespace NsiPortal.Data;

/// <summary>
/// Brings the database to the schema of this build, one process at a time. The lock is the operating system's, on a file beside the
/// database: it ends with its holder, however that dies.
/// </summary>
public sealed class DatabaseStart(IDbContextFactory<PortalDbContext> contexts, IOptions<DataOptions> options, TimeProvider time, ILogger<DatabaseStart> log)
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Migrates, then runs <paramref name="prepare"/>, both under the lock.</summary>
    /// <exception cref="DatabaseUnusableException">The folder or the file cannot be used; the message says why.</exception>
    public async Task RunAsync(Func<PortalDbContext, Task> prepare, CancellationToken cancellationToken)
    {
        await using var held = await LockAsync(cancellationToken);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await MigrateAsync(db, cancellationToken);
            await prepare(db);
        }
        catch (Exception fault) when (Explain(fault) is { } reason)
        {
            throw new DatabaseUnusableException(reason, fault);
        }
    }

    async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        var folder = options.Value.Folder;
        var path = Path.Combine(folder, "portal.lock");
        var start = time.GetTimestamp();
        for (var tries = 0; ; tries++)
        {
            try
            {
                Directory.CreateDirectory(folder);
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException held) when (IsSharingViolation(held))
            {
                if (time.GetElapsedTime(start) > Patience)
                    throw new DatabaseUnusableException($"Un autre processus prépare la base depuis {Patience.TotalSeconds:0} s : {path} est toujours verrouillé.", held);
                if (tries == 0) log.LogInformation("Another process prepares the database: waiting for {Lock}", path);
                await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken);
            }
            catch (IOException full) when (IsFull(full))
            {
                throw new DatabaseUnusableException(FullDisk(folder), full);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                throw new DatabaseUnusableException(
                    $"Le dossier de données {folder} ne peut pas être créé ou écrit. Vérifiez son chemin et ses droits, ou donnez un autre dossier par PORTAL_DATA.", fault);
            }
        }
    }

    // EWOULDBLOCK of flock(2), and Windows' ERROR_SHARING_VIOLATION; a full disk or a forbidden folder must not look like a held lock.
    static bool IsSharingViolation(IOException fault) => fault.HResult is 11 or 35 or unchecked((int)0x80070020);

    // ENOSPC, and Windows' ERROR_DISK_FULL.
    static bool IsFull(IOException fault) => fault.HResult is 28 or unchecked((int)0x80070070);

    static string FullDisk(string folder) => $"Le disque qui contient {folder} est plein.";

    static async Task MigrateAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        // Readers and the writer do not wait for each other. EF asks for this only when it creates the file itself.
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = wal", cancellationToken);

        // EF's own lock is a row that survives a killed process and would hang every later start (dotnet/efcore#38958). Under our lock
        // nobody else can hold it, so a row that is there is an orphan.
        var orphan = await db.Database.SqlQueryRaw<int>("SELECT count(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'").SingleAsync(cancellationToken);
        if (orphan > 0) await db.Database.ExecuteSqlRawAsync("DELETE FROM __EFMigrationsLock", cancellationToken);

        var unknown = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).Except(db.Database.GetMigrations()).ToList();
        if (unknown.Count > 0)
            throw new DatabaseUnusableException($"La base a été faite par une version plus récente du portail ({unknown[^1]} est inconnu ici). Lancez cette version-là.", null);

        var pending = await db.Database.GetPendingMigrationsAsync(cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
        // Whatever a migration has changed, no process that still serves may show it as it was.
        if (pending.Any()) await db.WriteAsync([Tags.Everything], _ => Task.FromResult(0), cancellationToken);
    }

    string? Explain(Exception fault)
    {
        var (folder, file) = (options.Value.Folder, options.Value.DatabaseFile);
        var sqlite = fault as SqliteException ?? fault.InnerException as SqliteException;
        return sqlite?.SqliteErrorCode switch
        {
            SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB => $"La base {file} est abîmée. Restaurez une sauvegarde, ou déplacez le fichier pour repartir d’une base vide.",
            SQLitePCL.raw.SQLITE_FULL => FullDisk(folder),
            SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED => $"La base {file} est verrouillée par un autre programme. Fermez-le, puis relancez.",
            SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_PERM => $"La base {file} ne peut pas être écrite. Vérifiez les droits du fichier et du dossier {folder}.",
            SQLitePCL.raw.SQLITE_ERROR => $"Le fichier {file} n’est pas une base du portail, ou il y manque une partie ({sqlite!.Message}). Restaurez une sauvegarde, ou déplacez-le.",
            SQLitePCL.raw.SQLITE_IOERR => $"Le disque qui contient {file} signale une erreur, ou il est plein : {sqlite!.Message}",
            _ => null,
        };
    }
}

/// <summary>The database cannot be used; the message is in French, for whoever runs the portal.</summary>
public sealed class DatabaseUnusableException(string message, Exception? inner) : Exception(message, inner);
