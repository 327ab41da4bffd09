using System.Security.Cryptography;

namespace NsiPortal.Caching.Pages;

/// <summary>
/// A hash of all that shapes HTML besides data: the assembly with its views and texts, its translations, the static-asset manifest, and
/// the options that reach a page. Two builds that run side by side never share a page.
/// </summary>
public sealed class BuildIdentity
{
    /// <param name="options">Values of configuration that appear in pages.</param>
    public BuildIdentity(params IEnumerable<string?> options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var assembly = typeof(BuildIdentity).Assembly;
        hash.AppendData(assembly.ManifestModule.ModuleVersionId.ToByteArray());

        var folder = AppContext.BaseDirectory;
        var files = Directory.EnumerateFiles(folder, "NsiPortal.staticwebassets.endpoints.json")
            .Concat(Directory.EnumerateFiles(folder, "NsiPortal.resources.dll", SearchOption.AllDirectories));
        foreach (var file in files.Order(StringComparer.Ordinal)) hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));

        foreach (var option in options) hash.AppendData(System.Text.Encoding.UTF8.GetBytes(option + "\n"));
        Hash = hash.GetHashAndReset();
    }

    internal byte[] Hash { get; }
}
