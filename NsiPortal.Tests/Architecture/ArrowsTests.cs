using System.Text.RegularExpressions;
using NsiPortal.Support;

namespace NsiPortal.Architecture;

/// <summary>Who may use whom. The folders of the portal are its layers; what two features need moves down, never sideways.</summary>
public sealed partial class ArrowsTests
{
    static readonly Dictionary<string, string[]> Below = new()
    {
        ["Domain"] = [],
        ["Redis"] = [],
        ["Hosting"] = [],
        ["Grading"] = ["Domain"],
        ["Rendering"] = ["Domain"],
        ["Caching"] = ["Domain", "Redis"],
        ["Data"] = ["Domain", "Caching"],
        ["Exchange"] = ["Domain", "Rendering", "Data"],
        ["Accounts"] = ["Domain", "Data", "Caching", "Redis"],
        ["Learning"] = ["Domain", "Grading", "Data", "Caching"],
    };

    [Fact]
    public void Nothing_uses_what_stands_above_it_or_beside_it()
    {
        var arrows = References.Between(typeof(Program).Assembly).ToList();
        // The reading is not blind: what is known to be there is seen, in a signature, in a body and in a view.
        Assert.Contains(arrows, arrow => (arrow.From, arrow.To) == ("Data", "Domain"));
        Assert.Contains(arrows, arrow => (arrow.From, arrow.To) == ("Commands", "Data"));
        Assert.Contains(arrows, arrow => (arrow.From, arrow.To) == ("Features.Chapters", "Domain"));
        Assert.Contains(arrows, arrow => arrow.By.StartsWith("AspNetCoreGeneratedDocument.Features_", StringComparison.Ordinal));

        Assert.Empty(arrows.Where(arrow => !MayUse(arrow.From, arrow.To)).Select(arrow => arrow.By));
    }

    // The compiler copies constants, so that an assembly does not tell where they come from.
    [Fact]
    public void No_file_names_a_folder_above_it_or_beside_it()
    {
        var wrong =
            from file in Sources("NsiPortal")
            let folder = FolderOf(Path.GetRelativePath(Root("NsiPortal"), Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.'))
            from Match use in OurNamespace().Matches(File.ReadAllText(file))
            let used = FolderOf(use.Groups[1].Value)
            where used != folder && !MayUse(folder, used)
            select $"{file}: {use.Value}";
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("NsiPortal")]
    [InlineData("NsiPortal.Tests")]
    public void Namespaces_are_folders(string project)
    {
        var files = Sources(project).Where(file => Path.GetExtension(file) == ".cs").ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file =>
        {
            var folder = Path.GetRelativePath(Root(project), Path.GetDirectoryName(file)!);
            var wanted = folder == "." ? "NsiPortal" : "NsiPortal." + folder.Replace(Path.DirectorySeparatorChar, '.');
            Assert.Equal((file, wanted), (file, Namespace().Match(File.ReadAllText(file)).Groups["name"].Value));
        });
    }

    static bool MayUse(string from, string to) => from switch
    {
        // The program puts everything together.
        "" or "." => true,
        // A command builds the program.
        "Commands" => !IsFeature(to),
        _ when IsFeature(from) => to == "Features.Shared" || Below.ContainsKey(to),
        _ => Below.TryGetValue(from, out var below) && below.Contains(to),
    };

    static bool IsFeature(string folder) => folder == "Features" || folder.StartsWith("Features.", StringComparison.Ordinal);

    static string FolderOf(string path)
    {
        var parts = path.Split('.');
        return string.Join('.', parts.Take(parts is ["Features", ..] ? 2 : 1));
    }

    static IEnumerable<string> Sources(string project) => Directory.EnumerateFiles(Root(project), "*.cs*", SearchOption.AllDirectories)
        .Where(file => Path.GetExtension(file) is ".cs" or ".cshtml")
        .Where(file => Path.GetRelativePath(Root(project), file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"));

    static string Root(string project) => Path.Combine(Repository.Root, project);

    [GeneratedRegex(@"\bNsiPortal\.((?:Domain|Redis|Hosting|Grading|Rendering|Caching|Data|Exchange|Accounts|Learning|Commands|Features)(?:\.\w+)*)")]
    private static partial Regex OurNamespace();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Namespace();
}
