namespace NsiPortal.Support;

/// <summary>The checkout that the tests were built from, for those that read sources.</summary>
public static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    static string Find(DirectoryInfo? folder) =>
        folder is null ? throw new DirectoryNotFoundException("NsiPortal.sln stands in no folder above the tests.")
        : File.Exists(Path.Combine(folder.FullName, "NsiPortal.sln")) ? folder.FullName
        : Find(folder.Parent);
}
