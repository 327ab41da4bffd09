using System.Text;

namespace NsiPortal.Exchange.Csv;

public sealed class CsvTextTests
{
    [Theory]
    [InlineData("nom;prénom\r\nHopper;Grace\r\n", ';')]
    [InlineData("nom,prénom\nHopper,Grace", ',')]
    [InlineData("nom\tprénom\rHopper\tGrace", '\t')]
    [InlineData("Hopper Grace\nHopper;Grace", ';')]
    [InlineData("Hopper Grace\nHopper,Grace", ',')]
    [InlineData("Hopper Grace\nHopper\tGrace", '\t')]
    [InlineData("\"a,b,c\";prénom\r\n\r\n\nHopper;Grace", ';')]
    public void The_separator_is_the_one_that_the_first_line_that_has_one_has_most_of(string text, char separator)
    {
        var read = CsvText.Read(text);
        Assert.Equal(separator, read.Separator);
        Assert.Equal(["Hopper", "Grace"], read.Records[^1].Fields);
        Assert.Equal(2, read.Records.Count);
    }

    [Fact]
    public void Whatever_program_wrote_the_file_its_accents_are_read()
    {
        const string text = "Zoé;œuvre;l’été\r\n";
        var windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        byte[][] files =
        [
            Encoding.UTF8.GetBytes(text), [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)], windows.GetBytes(text),
            [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)], [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(text)],
        ];
        Assert.All(files, file => Assert.Equal(["Zoé", "œuvre", "l’été"], CsvText.Read(file).Records.Single().Fields));
        Assert.Equal("Zoé", CsvText.Read(Encoding.Latin1.GetBytes("Zoé")).Records.Single().Fields.Single());
    }

    [Fact]
    public void A_wrong_record_says_where_it_stands_and_the_others_are_read()
    {
        var records = CsvText.Read("a;b\n\"1\"x;2\n\n3;\"4\n5\"\n\"6;7\n8;9\n").Records;
        Assert.Equal([(1, null), (2, CsvFault.TextAfterQuote), (4, null), (6, CsvFault.OpenQuote), (7, (CsvFault?)null)], records.Select(r => (r.Line, r.Fault)));
        Assert.Equal(["3", "4\n5"], records[2].Fields);
        Assert.Equal(["8", "9"], records[4].Fields);
        Assert.Equal(("8", "", ""), (records[4][0], records[4][7], records[4][-1]));
    }

    // A quote on each line that only the end of the file would close.
    [Fact]
    public void A_file_of_open_quotes_is_read_in_no_time()
    {
        var text = string.Concat(Enumerable.Repeat("a\";\"x\n", 50_000));
        Assert.Equal(50_000, CsvText.Read(text).Records.Count(r => r.Fault == CsvFault.OpenQuote));
    }

    [Fact]
    public void Nothing_that_is_written_can_be_computed_and_numbers_stay_numbers()
    {
        var text = Encoding.UTF8.GetString(CsvWriter.Write([["=1+1", "+33", "-2,5", "-1+1", "@SUM(A1)", "\t=1", "'=1", "a=1"]]));
        Assert.Equal("\uFEFF'=1+1;'+33;\"-2,5\";'-1+1;'@SUM(A1);\"'\t=1\";''=1;a=1\r\n", text);
    }

    [Fact]
    public void What_is_written_is_what_is_read()
    {
        const string signs = "\"';,\t\r\n=+-@a1 é\uFF1D";
        for (var seed = 0; seed < 3_000; seed++)
        {
            var random = new Random(seed);
            var records = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Enumerable.Range(0, random.Next(1, 5))
                .Select(_ => new string(random.GetItems<char>(signs, random.Next(0, 8)))).ToArray()).Where(r => r is not [""]).Prepend(["x", "y", "z"]).ToList();
            var read = CsvText.Read(CsvWriter.Write(records)).Records;
            Assert.Equal(records.Select(r => string.Join('|', r)), read.Select(r => string.Join('|', r.Fields)));
        }
    }
}
