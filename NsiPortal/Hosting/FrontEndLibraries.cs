namespace NsiPortal.Hosting;

/// <summary>
/// Which libraries the build has restored from npm into <c>wwwroot/lib</c>. A portal built without Node.js asks for none of them, so that its
/// pages are plainer but whole.
/// </summary>
public sealed class FrontEndLibraries(IWebHostEnvironment environment)
{
    public bool Fonts { get; } = Has(environment, "lib/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2");

    public bool Highlight { get; } = Has(environment, "lib/highlight/core.min.js");

    public bool Katex { get; } = Has(environment, "lib/katex/katex.min.js");

    public bool Dagre { get; } = Has(environment, "lib/dagre/dagre.esm.js");

    public bool Htmx { get; } = Has(environment, "lib/htmx/htmx.min.js");

    static bool Has(IWebHostEnvironment environment, string file) => environment.WebRootFileProvider.GetFileInfo(file).Exists;
}
