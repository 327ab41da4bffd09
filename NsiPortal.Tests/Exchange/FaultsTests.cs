using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NsiPortal.Exchange.Uploads;
using NsiPortal.Support;

namespace NsiPortal.Exchange;

/// <summary>What can be wrong with files and exercises has a text each; how texts are written, <see cref="Features.TextsTests"/> knows.</summary>
public sealed partial class FaultsTests
{
    static string Folder => Path.Combine(Repository.Root, "NsiPortal", "Exchange");

    static List<string> Keys { get; } = [.. XDocument.Load(Path.Combine(Folder, "Faults.resx")).Root!.Elements("data").Select(text => text.Attribute("name")!.Value)];

    [Fact]
    public void Every_fault_that_is_told_has_its_text_and_no_text_is_left_over()
    {
        var told = Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText).SelectMany(source =>
            Asked(source, OfUpload(), "Upload").Concat(Asked(source, OfSheet(), "Sheet")).Concat(Asked(source, OfValue(), "Value")).Concat(Asked(source, Said(), null)));
        // The one that code has a name for.
        var expected = told.Concat(["Value.Missing", "Value.MissingField"]).Concat(Enum.GetNames<Signature>().Select(name => $"Signature.{name}"));

        Assert.Equal(expected.Distinct().Order(StringComparer.Ordinal), Keys.Order(StringComparer.Ordinal));

        static IEnumerable<string> Asked(string source, Regex call, string? family) => call.Matches(source).Select(m => family is null ? m.Groups["key"].Value : $"{family}.{m.Groups["key"].Value}");
    }

    [Fact]
    public void Outside_of_a_request_they_are_French_and_in_one_as_it_speaks()
    {
        Assert.Equal("Ce fichier est vide.", In("", () => Faults.Say("Upload.Empty")));
        Assert.Equal("Ce fichier est vide.", In("fr-FR", () => Faults.Say("Upload.Empty")));
        Assert.Equal("This file is empty.", In("en-GB", () => Faults.Say("Upload.Empty")));

        static string In(string culture, Func<string> said)
        {
            var before = CultureInfo.CurrentUICulture;
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            try
            {
                return said();
            }
            finally
            {
                CultureInfo.CurrentUICulture = before;
            }
        }
    }

    [GeneratedRegex("""RefusedFileException(?: \w+\([^)]*\) => new)?\("(?<key>\w+)["]""")]
    private static partial Regex OfUpload();

    [GeneratedRegex("""(?:Faults\.Of\([^"\n]*|FaultAt\("\w+", |\bFault\()"(?<key>\w+)["]""")]
    private static partial Regex OfSheet();

    [GeneratedRegex("""FaultOf\((?:\w+|"\w+"), "(?<key>\w+)["]""")]
    private static partial Regex OfValue();

    [GeneratedRegex("""\bSay\("(?<key>[\w.]+)["]""")]
    private static partial Regex Said();
}
