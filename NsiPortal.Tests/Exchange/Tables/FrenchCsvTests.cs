using System.Text;

namespace NsiPortal.Exchange.Tables;

public sealed class FrenchCsvTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+33", "'+33")]
    [InlineData("-Zoé-", "'-Zoé-")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("=HYPERLINK(\"http://x\";\"y\")", "\"'=HYPERLINK(\"\"http://x\"\";\"\"y\"\")\"")]
    [InlineData("Zoé", "Zoé")]
    [InlineData("a;b", "\"a;b\"")]
    [InlineData("", "")]
    public void What_was_typed_is_never_calculated(string typed, string cell) => Assert.Equal(cell + "\r\n", Written(typed));

    [Fact]
    public void Numbers_have_a_comma_and_empty_cells_stay_empty() => Assert.Equal("Zoé;12,5;;-3\r\n", Written("Zoé", 12.5m, null, -3));

    static string Written(params object?[] cells)
    {
        var csv = new FrenchCsv();
        csv.Add(cells);
        var bytes = csv.ToBytes();
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        return Encoding.UTF8.GetString(bytes[3..]);
    }
}
