namespace NsiPortal.Exchange;

/// <summary>
/// Puts the files of an export into a folder. All is written beside first, and every place looked at, then renamed file by file, so that a full disk
/// leaves the folder as it was. A process that is killed while it renames leaves whole files, some of before and some of after, and the next export
/// finishes them. Only files that stand for the same chapter or file are replaced.
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
            if (exists) CheckPlaces(export, folder, target);
            var prefix = (exists ? target + Path.DirectorySeparatorChar : target) + Unfinished;
            DeleteOrphans(prefix);
            var beside = $"{prefix}{Guid.NewGuid():n}";
            try
            {
                await WriteBesideAsync(export, beside, cancellationToken);
                if (exists) Replace(export, beside, target, stale.Where(file => prune || file.Replaced));
                else Directory.Move(beside, target);
            }
            finally
            {
                if (Directory.Exists(beside)) Directory.Delete(beside, recursive: true);
            }

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
        var written = export.Files.Select(file => file.Path).ToHashSet();
        var slugs = export.Files.Where(file => CourseFolder.IsChapter(file.Path)).Select(file => FolderLayout.Number(Path.GetFileNameWithoutExtension(file.Path)).Stem).ToHashSet();
        // A sheet that the course has no exercises for is the author's, not an older name of one that is written.
        var sheets = export.Files.Where(file => CourseFolder.IsChapter(file.Path) && written.Contains(FolderLayout.SheetOf(file.Path)))
            .Select(file => FolderLayout.Number(Path.GetFileNameWithoutExtension(file.Path)).Stem).ToHashSet();
        var names = written.Select(Path.GetFileName).ToHashSet();
        return
        [
            .. there.Chapters.Where(chapter => !written.Contains(chapter.FileName)).Select(chapter => (chapter.FileName, slugs.Contains(chapter.Slug))),
            .. there.Chapters.Where(chapter => chapter.Exercises is not null && !written.Contains(FolderLayout.SheetOf(chapter.FileName)))
                .Select(chapter => (FolderLayout.SheetOf(chapter.FileName), sheets.Contains(chapter.Slug))),
            .. there.Files.Where(file => !written.Contains(file.Path)).Select(file => (file.Path, names.Contains(file.Name))),
        ];
    }

    /// <summary>What would stop the renaming half way.</summary>
    static void CheckPlaces(CourseExport export, string folder, string target)
    {
        var figures = Path.Combine(target, FolderLayout.Figures);
        if (new DirectoryInfo(figures).LinkTarget is not null)
            throw new FolderRefusedException($"Dans « {folder} », « {FolderLayout.Figures} » est un lien vers un autre dossier : remplacez-le par un dossier.");
        if (File.Exists(figures))
            throw new FolderRefusedException($"Dans « {folder} », « {FolderLayout.Figures} » est un fichier : il y faut un dossier.");
        // A link to a folder is replaced as a link to a file is.
        if (export.Files.Select(file => new DirectoryInfo(Path.Combine(target, file.Path))).FirstOrDefault(place => place.Exists && place.LinkTarget is null) is { } taken)
            throw new FolderRefusedException($"Dans « {folder} », « {Path.GetRelativePath(target, taken.FullName)} » est un dossier : c’est la place d’un fichier du cours.");
    }

    /// <summary>What exports that were killed have left. One that is under way in the same folder would be taken for such, and fail.</summary>
    static void DeleteOrphans(string prefix)
    {
        var (parent, name) = (Path.GetDirectoryName(prefix)!, Path.GetFileName(prefix));
        if (!Directory.Exists(parent)) return;
        foreach (var orphan in Directory.EnumerateDirectories(parent, "*", new EnumerationOptions { AttributesToSkip = default }).Where(path =>
            Path.GetFileName(path) is var found && found.StartsWith(name, StringComparison.Ordinal) && Guid.TryParseExact(found[name.Length..], "n", out _)))
            Directory.Delete(orphan, recursive: true);
    }

    static async Task WriteBesideAsync(CourseExport export, string beside, CancellationToken cancellationToken)
    {
        // It would make the folders above it too, where a wrong path had better be told.
        if (!Directory.Exists(Path.GetDirectoryName(beside))) throw new DirectoryNotFoundException();
        Directory.CreateDirectory(beside);
        foreach (var file in export.Files)
        {
            var path = Path.Combine(beside, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, file.Content, cancellationToken);
        }
    }

    static void Replace(CourseExport export, string beside, string target, IEnumerable<(string Path, bool)> delete)
    {
        // Figures first: their folder may refuse what this one has taken already.
        foreach (var file in export.Files.OrderBy(file => !file.Path.StartsWith(FolderLayout.Figures + '/', StringComparison.Ordinal)))
        {
            var path = Path.Combine(target, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Move(Path.Combine(beside, file.Path), path, overwrite: true);
        }

        foreach (var (path, _) in delete) File.Delete(Path.Combine(target, path));
    }
}

/// <summary>A folder that cannot be used; the message is in French, for whoever typed it.</summary>
public sealed class FolderRefusedException(string message, Exception? inner = null) : Exception(message, inner);
