using System.Text;

namespace NsiPortal.Exchange.Uploads;

/// <summary>What is taken is what its name says, and says nothing of who made it.</summary>
public sealed class UploadTests
{
    public static TheoryData<string> Kinds { get; } = ["a.png", "a.jpg", "a.jpeg", "a.gif", "a.webp", "a.svg", "a.pdf", "a.csv", "a.txt", "a.py", "a.sql", "a.json"];

    static byte[] Sample(string name) => Path.GetExtension(name) switch
    {
        ".png" => Pictures.TalkativePng(),
        ".jpg" or ".jpeg" => Pictures.Jpeg(),
        ".gif" => Pictures.Gif(),
        ".webp" => Pictures.Webp(),
        ".svg" => Pictures.Svg("<title>Un arbre</title><path d='M0 0L5 5'/>"),
        ".pdf" => [.. "%PDF-1.7\n1 0 obj\n"u8, .. "%%EOF"u8],
        ".json" => [.. "{\"ville\": [1, 2]}"u8],
        _ => [.. "id;nom\n1;Zoé\n"u8],
    };

    [Theory, MemberData(nameof(Kinds))]
    public void A_file_is_taken_once_cleaned_and_cleaning_it_again_changes_nothing(string name)
    {
        var upload = Upload.Read(name, Sample(name));
        Assert.Equal(name, upload.Name);
        Assert.Equal(FolderLayout.MediaTypeOf(name), upload.MediaType);
        Assert.Equal(upload.Content, Upload.Read(name, upload.Content).Content);
        if (upload.MediaType.StartsWith("image/", StringComparison.Ordinal)) Assert.True(upload.Content.AsSpan().IndexOf(Encoding.UTF8.GetBytes("GPS")) < 0, "It tells where it was made.");
    }

    [Theory]
    [InlineData("a.png", "a.jpg", "contient une image PNG")]
    [InlineData("a.jpg", "a.png", "contient une image JPEG")]
    [InlineData("a.gif", "a.webp", "contient une image GIF")]
    [InlineData("a.png", "a.svg", "contient une image PNG")]
    [InlineData("a.png", "a.txt", "contient une image PNG")]
    [InlineData("a.pdf", "a.csv", "contient un document PDF")]
    [InlineData("a.txt", "a.png", "contient autre chose que ce qu’il annonce")]
    [InlineData("a.txt", "a.svg", "illisible")]
    [InlineData("a.txt", "a.json", "n’est pas du JSON")]
    [InlineData("a.svg", "a.html", "n’est pas accepté")]
    [InlineData("a.txt", "a.js", "n’est pas accepté")]
    [InlineData("a.txt", "a.png.exe", "n’est pas accepté")]
    [InlineData("a.txt", "sans-extension", "n’est pas accepté")]
    public void A_name_that_lies_is_refused_with_the_reason(string sample, string name, string reason) =>
        Assert.Contains(reason, Assert.Throws<RefusedFileException>(() => Upload.Read(name, Sample(sample))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_PNG_that_is_a_ZIP_is_refused_and_one_with_a_ZIP_behind_it_loses_it()
    {
        byte[] zip = [.. "PK\u0003\u0004"u8, .. new byte[40]];
        Assert.Contains("une archive ZIP", Assert.Throws<RefusedFileException>(() => Upload.Read("photo.png", zip)).Message, StringComparison.Ordinal);
        Assert.Equal(Pictures.Png(), Upload.Read("photo.png", [.. Pictures.Png(), .. zip]).Content);
    }

    public static TheoryData<string, byte[]> Bombs { get; } = new()
    {
        { "a.png", Pictures.Png(60_000, 60_000) },
        { "a.png", Pictures.Png(uint.MaxValue, uint.MaxValue) },
        { "a.png", Pictures.Png(0, 10) },
        { "a.jpg", Pictures.Jpeg(60_000, 60_000) },
        { "a.jpg", Pictures.Jpeg(100, 0) },
        { "a.gif", Pictures.Gif(65_000, 65_000) },
        { "a.webp", Pictures.Webp(1 << 24, 1 << 24) },
        { "a.svg", Pictures.Svg(string.Concat(Enumerable.Range(1, 9).Select(n => $"<g id='g{n}'>{string.Concat(Enumerable.Repeat($"<use href='#g{n - 1}'/>", 10))}</g>")) + "<g id='g0'><path d='M0 0'/></g>") },
        { "a.svg", Pictures.Svg("<g id='a'><use href='#a'/></g>") },
        { "a.svg", Pictures.Svg(string.Concat(Enumerable.Repeat("<g>", 5000)) + string.Concat(Enumerable.Repeat("</g>", 5000))) },
        { "a.txt", new byte[Upload.MaximumBytes + 1] },
        { "a.txt", [] },
    };

    [Theory, MemberData(nameof(Bombs))]
    public void What_would_fill_the_memory_of_whoever_shows_it_is_refused(string name, byte[] bytes) => Assert.Throws<RefusedFileException>(() => Upload.Read(name, bytes));

    [Theory, MemberData(nameof(Kinds))]
    public void No_beginning_of_an_image_passes_for_it(string name)
    {
        if (Path.GetExtension(name) is ".csv" or ".txt" or ".py" or ".sql") return;
        var whole = Upload.Read(name, Sample(name)).Content;
        for (var length = 0; length < whole.Length; length++)
        {
            var part = whole[..length];
            Assert.Throws<RefusedFileException>(() => Upload.Read(name, part));
        }
    }

    // The seed is fixed, so that a fault comes back.
    [Theory, MemberData(nameof(Kinds))]
    public void Whatever_is_done_to_a_file_it_is_refused_or_is_what_it_says(string name)
    {
        var random = new Random(20261128);
        var sample = Sample(name);
        var taken = 0;
        for (var round = 0; round < 2000; round++)
        {
            var bytes = Mutated(sample, random);
            try
            {
                var upload = Upload.Read(name, bytes);
                taken++;
                Assert.Equal(FileFormat.Named(Path.GetExtension(name))!.Signature, FileFormat.Sniffed(upload.Content));
                Assert.Equal(upload.Content, Upload.Read(name, upload.Content).Content);
            }
            catch (RefusedFileException)
            {
                // As it may be.
            }
        }

        Assert.True(taken > 0, "No mutation was ever taken: they try nothing.");
    }

    static byte[] Mutated(byte[] sample, Random random)
    {
        var bytes = new List<byte>(sample);
        for (var changes = random.Next(1, 4); changes > 0 && bytes.Count > 4; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes.RemoveRange(at, random.Next(1, bytes.Count - at + 1)); break;
                default: bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count), 1)); break;
            }
        }

        return [.. bytes];
    }

    [Fact]
    public void A_photograph_keeps_its_way_up_and_nothing_else_of_what_its_camera_says()
    {
        var photo = Upload.Read("IMG_1234.JPG", Pictures.Jpeg());
        Assert.Equal("img-1234.jpg", photo.Name);
        var exif = photo.Content.AsSpan().IndexOf("Exif\0\0MM\0*"u8);
        Assert.True(exif > 0);
        Assert.Equal(6, photo.Content[exif + 6 + 8 + 2 + 9]);
        Assert.True(photo.Content.AsSpan().EndsWith((byte[])[0xFF, 0xD9]));
    }

    [Theory]
    [InlineData("Schéma de l’Œuvre (2).png", "schema-de-l-oeuvre-2.png")]
    [InlineData("../../etc/passwd.png", "passwd.png")]
    [InlineData(@"C:\Images\carte.PNG", "carte.png")]
    [InlineData("<script>.png", "script.png")]
    [InlineData("图.png", "fichier.png")]
    [InlineData(".png", "fichier.png")]
    public void A_name_is_made_safe(string given, string name) => Assert.Equal(name, Upload.Read(given, Pictures.Png()).Name);

    [Fact]
    public void A_name_that_is_taken_gets_a_number()
    {
        var upload = Upload.Read("schema.png", Pictures.Png());
        Assert.Equal("schema.png", upload.NameBeside(new HashSet<string>()));
        Assert.Equal("schema-3.png", upload.NameBeside(new HashSet<string> { "schema.png", "schema-2.png" }));
    }

    // What the portal's own courses draw with is all allowed.
    [Fact]
    public void The_figures_of_the_demo_lose_nothing()
    {
        foreach (var path in Directory.EnumerateFiles(Content.DemoCourse.Root, "*.svg", SearchOption.AllDirectories))
        {
            var (before, after) = (System.Xml.Linq.XDocument.Load(path), System.Xml.Linq.XDocument.Load(new MemoryStream(Upload.Read(path, File.ReadAllBytes(path)).Content)));
            Assert.Equal(before.Descendants().SelectMany(e => e.Attributes()).Count(a => !a.IsNamespaceDeclaration), after.Descendants().SelectMany(e => e.Attributes()).Count(a => !a.IsNamespaceDeclaration));
            Assert.Equal(before.Root!.Value, after.Root!.Value);
        }
    }
}
