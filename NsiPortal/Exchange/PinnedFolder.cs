using Microsoft.Win32.SafeHandles;

namespace NsiPortal.Exchange;

/// <summary>A folder that stays the same while it is read, whatever is put in its place; never one behind a link.</summary>
sealed class PinnedFolder : IDisposable
{
    readonly SafeFileHandle? handle;

    /// <exception cref="UnusableFileException">It is a link, or cannot be opened.</exception>
    public PinnedFolder(string path)
    {
        Path = path;
        // Elsewhere a folder cannot be opened, and what takes its place meanwhile is read.
        if (!OperatingSystem.IsLinux()) return;
        handle = RegularFile.Open(path);
        Path = $"/proc/self/fd/{handle.DangerousGetHandle()}";
    }

    /// <summary>Where to find what the folder holds, until it is disposed.</summary>
    public string Path { get; }

    public void Dispose() => handle?.Dispose();
}
