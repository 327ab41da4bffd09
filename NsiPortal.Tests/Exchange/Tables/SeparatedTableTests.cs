using System.Text;

namespace NsiPortal.Exchange.Tables;

public sealed class SeparatedTableTests
{
    static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    // Letters of French names, and all that a table uses itself.
    const string Letters = "abcéèêëàâçîïôûùœŒÉÀÇ’' -._;,\t\"\n0123";

    [Theory]
    [InlineData(';')]
    [InlineData(',')]
    [InlineData('\t')]
    public void What_a_spreadsheet_writes_is_read_whatever_its_encoding_separator_and_line_ends(char separator)
    {
        var random = new Random(separator);
        for (var round = 0; round < 400; round++)
        {
            var rows = Enumerable.Range(0, random.Next(1, 8)).Select(_ => (string[])[Cell(random), Cell(random)]).ToList();
            var end = round % 2 == 0 ? "\r\n" : "\n";
            // A heading tells the separator, as most lists have it: of a cell alone nobody could. Two letters of Windows may by chance be one of UTF-8; a word is none.
            var text = $"élève{separator}mot de passe{end}" + string.Concat(rows.Select(row => string.Join(separator, row.Select(cell => Quoted(cell, separator))) + end));
            foreach (var bytes in new[] { Encoding.UTF8.GetBytes(text), [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)], Western.GetBytes(text), [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)] })
            {
                var read = SeparatedTable.Read(TableText.Decode(bytes));
                Assert.Equal(rows.Select(row => string.Join('|', row.Select(cell => cell.Trim()))).Where(row => row != "|"), read.Skip(1).Select(row => string.Join('|', row.Cells)));
            }
        }
    }

    [Fact]
    public void Each_row_knows_the_line_on_which_it_begins()
    {
        var rows = SeparatedTable.Read("pseudo;mot de passe\r\n\r\nAda;\"deux\nlignes\"\r\nBob;x\r\n;\r\nCléo");
        Assert.Equal([(1, "pseudo"), (3, "Ada"), (5, "Bob"), (7, "Cléo")], rows.Select(row => (row.Line, row.Cells[0])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("\n;;\n\t")]
    [InlineData("\"\"")]
    public void Of_nothing_there_is_no_row(string text) => Assert.Empty(SeparatedTable.Read(text));

    [Fact]
    public void Whatever_the_bytes_are_reading_them_ends()
    {
        var random = new Random(7);
        var bytes = new byte[400];
        for (var round = 0; round < 2000; round++)
        {
            random.NextBytes(bytes);
            Assert.NotNull(SeparatedTable.Read(TableText.Decode(bytes)));
        }
    }

    [Fact]
    public void A_file_of_an_old_spreadsheet_keeps_its_accents() => Assert.Equal("Zoé;Œdipe", TableText.Decode(Western.GetBytes("Zoé;Œdipe")));

    static string Cell(Random random) => string.Concat(Enumerable.Range(0, random.Next(0, 9)).Select(_ => Letters[random.Next(Letters.Length)]));

    static string Quoted(string cell, char separator) =>
        cell.Any(c => c == separator || c is '"' or '\n') ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
