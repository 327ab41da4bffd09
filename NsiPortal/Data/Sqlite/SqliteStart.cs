using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace NsiPortal.Data.Sqlite;

/// <summary>The lock is the operating system's, on a file beside the database.</summary>
sealed class SqliteStart(IDbContextFactory<PortalDbContext> contexts, IOptions<DataOptions> options, TimeProvider time, ILogger<SqliteStart> log)
    : DatabaseStart(contexts, time)
{
    // A volume is mounted for the process that serves, and for no command before it.
    public override bool MigratesWhenServing => true;

    protected override void Find()
    {
        if (!File.Exists(options.Value.DatabaseFile))
            throw new DatabaseUnusableException($"Il n’y a pas de base du portail dans {options.Value.Folder}. Donnez son dossier par PORTAL_DATA.", null);
    }

    protected override Task<IAsyncDisposable> LockAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(options.Value.Folder, "portal.lock");
        return WaitAsync(() => Task.FromResult<IAsyncDisposable?>(TryLock(path)), path, log, cancellationToken);
    }

    FileStream? TryLock(string path)
    {
        var folder = options.Value.Folder;
        try
        {
            // The database holds secrets. A folder that is there keeps the rights that somebody gave it.
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held) when (IsSharingViolation(held))
        {
            return null;
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

    // EWOULDBLOCK of flock(2), and Windows' ERROR_SHARING_VIOLATION; a full disk or a forbidden folder must not look like a held lock.
    static bool IsSharingViolation(IOException fault) => fault.HResult is 11 or 35 or unchecked((int)0x80070020);

    // ENOSPC, and Windows' ERROR_DISK_FULL.
    static bool IsFull(IOException fault) => fault.HResult is 28 or unchecked((int)0x80070070);

    static string FullDisk(string folder) => $"Le disque qui contient {folder} est plein.";

    protected override async Task OpenAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        // Readers and the writer do not wait for each other. EF asks for this only when it creates the file itself.
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = wal", cancellationToken);

        // EF's own lock is a row that survives a killed process and would hang every later start (dotnet/efcore#38958). Under our lock
        // nobody else can hold it, so a row that is there is an orphan.
        var orphan = await db.Database.SqlQueryRaw<int>("SELECT count(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'").SingleAsync(cancellationToken);
        if (orphan > 0) await db.Database.ExecuteSqlRawAsync("DELETE FROM __EFMigrationsLock", cancellationToken);
    }

    protected override string? Explain(Exception fault)
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
