namespace NsiPortal.Exchange;

/// <summary>
/// Puts the files of an export into a folder. All is written beside first, then renamed, so that a full disk or a killed process leaves the folder
/// as it was; only files that stand for the same chapter or file are replaced.
/// </summary>
public static class ExportFolder
{
    /// <param name="export">What to write.</param>
    /// <param name="folder">A folder that does not exist yet, is empty, or holds the same course.</param>
    /// <param name="prune">Whether to delete the chapters and files of the folder that the course does not have.</param>
    /// <param name="cancellationToken">Cancels the writing beside, not the renaming.</param>
    /// <returns>The chapters and files of the folder that are not of the export.</returns>
    /// <exception cref="FolderRefusedException">Something else stands there, or it cannot be written; nothing has changed.</exception>
    public static async Task<IReadOnlyList<string>> WriteAsync(CourseExport export, string folder, bool prune, CancellationToken cancellationToken)
    {
        try
        {
            // The folder may be a link that the user typed; those inside are not followed.
            var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
            if (new DirectoryInfo(target).LinkTarget is not null) target = Directory.ResolveLinkTarget(target, returnFinalTarget: true)!.FullName;
            if (File.Exists(target)) throw new FolderRefusedException($"« {folder} » est un fichier : donnez un dossier.");

            var exists = Directory.Exists(target);
            var stale = exists ? await StaleAsync(export, folder, target, cancellationToken) : [];
            var beside = exists ? Path.Combine(target, $"{Unfinished}{Guid.NewGuid():n}") : $"{target}{Unfinished}{Guid.NewGuid():n}";
            await WriteBesideAsync(export, beside, cancellationToken);
            if (exists) Replace(export, beside, target, stale.Where(file => prune || file.Replaced));
            else Directory.Move(beside, target);
            return [.. stale.Where(file => !file.Replaced).Select(file => file.Path)];
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new FolderRefusedException($"Le dossier « {folder} » ne peut pas être écrit : vérifiez ses droits.", fault);
        }
        catch (DirectoryNotFoundException fault)
        {
            throw new FolderRefusedException($"Le dossier qui doit contenir « {folder} » n’existe pas.", fault);
        }
        // The second says that the disk takes no file of this size.
        catch (Exception fault) when (fault is IOException or ArgumentOutOfRangeException)
        {
            throw new FolderRefusedException($"Le dossier « {folder} » ne peut pas être écrit, ou le disque est plein : {fault.Message}.", fault);
        }
    }

    const string Unfinished = ".export-";

    /// <summary>What the folder holds of the course and the export does not write: under another name of the same chapter or file, or not of the course any more (or not yet).</summary>
    static async Task<IReadOnlyList<(string Path, bool Replaced)>> StaleAsync(CourseExport export, string folder, string target, CancellationToken cancellationToken)
    {
        if (!Directory.EnumerateFileSystemEntries(target).Any(path => !Path.GetFileName(path).StartsWith(Unfinished, StringComparison.Ordinal))) return [];
        var there = await CourseFolder.ReadAsync(target, cancellationToken);
        if (there.Course?.Slug != export.CourseSlug)
            throw new FolderRefusedException($"Le dossier « {folder} » n’est pas vide, et il ne contient pas le cours « {export.CourseSlug} » : donnez-en un autre.");
        if (new DirectoryInfo(Path.Combine(target, FolderLayout.Figures)).LinkTarget is not null)
            throw new FolderRefusedException($"Dans « {folder} », « {FolderLayout.Figures} » est un lien vers un autre dossier : remplacez-le par un dossier.");

        var written = export.Files.Select(file => file.Path).ToHashSet();
        var slugs = export.Files.Where(file => CourseFolder.IsChapter(file.Path)).Select(file => FolderLayout.Number(Path.GetFileNameWithoutExtension(file.Path)).Stem).ToHashSet();
        var names = written.Select(Path.GetFileName).ToHashSet();
        return
        [
            .. there.Chapters.Where(chapter => !written.Contains(chapter.FileName)).Select(chapter => (chapter.FileName, slugs.Contains(chapter.Slug))),
            .. there.Files.Where(file => !written.Contains(file.Path)).Select(file => (file.Path, names.Contains(file.Name))),
        ];
    }

    static async Task WriteBesideAsync(CourseExport export, string beside, CancellationToken cancellationToken)
    {
        // It would make the folders above it too, where a wrong path had better be told.
        if (!Directory.Exists(Path.GetDirectoryName(beside))) throw new DirectoryNotFoundException();
        try
        {
            Directory.CreateDirectory(beside);
            foreach (var file in export.Files)
            {
                var path = Path.Combine(beside, file.Path);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllBytesAsync(path, file.Content, cancellationToken);
            }
        }
        catch
        {
            if (Directory.Exists(beside)) Directory.Delete(beside, recursive: true);
            throw;
        }
    }

    static void Replace(CourseExport export, string beside, string target, IEnumerable<(string Path, bool)> delete)
    {
        try
        {
            foreach (var file in export.Files)
            {
                var path = Path.Combine(target, file.Path);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.Move(Path.Combine(beside, file.Path), path, overwrite: true);
            }

            foreach (var (path, _) in delete) File.Delete(Path.Combine(target, path));
        }
        finally
        {
            Directory.Delete(beside, recursive: true);
        }
    }
}

/// <summary>A folder that cannot be used; the message is in French, for whoever typed it.</summary>
public sealed class FolderRefusedException(string message, Exception? inner = null) : Exception(message, inner);
