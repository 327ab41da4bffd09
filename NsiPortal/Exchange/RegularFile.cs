using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NsiPortal.Exchange;

/// <summary>Reads a file of a folder that somebody else has made: never through a link, never from a pipe or a device, never more than a limit.</summary>
static class RegularFile
{
    /// <exception cref="UnusableFileException">The file is none, is too large, cannot be read, or changes meanwhile.</exception>
    public static async Task<byte[]> ReadAsync(string path, int maximumBytes, CancellationToken cancellationToken)
    {
        try
        {
            using var file = Open(path);
            var (length, written) = (RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file));
            if (length > maximumBytes) throw new UnusableFileException(1, $"le fichier dépasse {maximumBytes / 1024 / 1024} Mo");

            // One byte more than it should have tells that it has grown.
            var bytes = new byte[length + 1];
            var read = 0;
            while (read < bytes.Length && await RandomAccess.ReadAsync(file, bytes.AsMemory(read), read, cancellationToken) is > 0 and var more) read += more;
            if (read != length || RandomAccess.GetLength(file) != length || File.GetLastWriteTimeUtc(file) != written)
                throw new UnusableFileException(1, "le fichier a changé pendant qu’il était lu");
            return bytes[..read];
        }
        catch (NotSupportedException)
        {
            // It has no beginning to go back to.
            throw new UnusableFileException(1, NotRegular);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UnusableFileException(1, Missing);
        }
        catch (UnauthorizedAccessException)
        {
            throw new UnusableFileException(1, Denied);
        }
        catch (IOException fault)
        {
            throw new UnusableFileException(1, $"le fichier ne peut pas être lu ({fault.Message})");
        }
    }

    const string Missing = "le fichier manque";
    const string Denied = "le droit de lire ce fichier manque";
    const string NotRegular = "ce n’est pas un fichier ordinaire";

    /// <summary>What a link points to may lie outside the folder, and is none of the course's business.</summary>
    public const string Link = "c’est un lien vers un autre fichier, et les liens ne sont pas suivis";

    /// <summary>Opens a file or a folder, not through a link in its last part.</summary>
    internal static SafeFileHandle Open(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            if (new FileInfo(path).LinkTarget is not null) throw new UnusableFileException(1, Link);
            return File.OpenHandle(path);
        }

        // .NET cannot ask for either flag: to open a pipe would wait for its other end for ever, and a link would be followed.
        var flags = NonBlocking | CloseOnExec | (RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 ? NoFollowOnArm : NoFollow);
        var descriptor = OpenFile(path, flags);
        if (descriptor >= 0) return new SafeFileHandle(descriptor, ownsHandle: true);
        throw new UnusableFileException(1, Marshal.GetLastPInvokeError() switch
        {
            2 => Missing,
            13 => Denied,
            6 => NotRegular,
            40 => Link,
            var error => $"le fichier ne peut pas être lu ({Marshal.GetPInvokeErrorMessage(error)})",
        });
    }

    const int NonBlocking = 0x800;
    const int CloseOnExec = 0x80000;
    const int NoFollow = 0x20000;
    const int NoFollowOnArm = 0x8000;

    [DllImport("libc", EntryPoint = "open", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int OpenFile([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
