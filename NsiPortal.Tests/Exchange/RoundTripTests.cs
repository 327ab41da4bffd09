using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Data;
using NsiPortal.Domain.Courses;
using NsiPortal.Rendering;
using NsiPortal.Support;

namespace NsiPortal.Exchange;

/// <summary>
/// Courses made at random from what breaks formats: a folder holds all of a course, so that importing it changes nothing where it comes from, and
/// makes the same course elsewhere.
/// </summary>
public sealed class RoundTripTests
{
    const int Courses = 60;

    [Fact]
    public async Task Any_course_returns_unchanged_from_its_folder_and_is_the_same_in_another_database()
    {
        await using var here = await PortalHost.StartAsync();
        await using var elsewhere = await PortalHost.StartAsync();
        await using var temp = new TempFolder();

        for (var seed = 0; seed < Courses; seed++)
        {
            var slug = $"cours-{seed}";
            await here.WithDbAsync(async db =>
            {
                var programme = await db.ProgrammeContents.ToListAsync();
                db.Courses.Add(new Generator(seed).Course(slug, programme, here.Services.GetRequiredService<MarkdownRenderer>()));
                await db.SaveChangesAsync();
            });
            var rows = await RowsAsync(here, slug);

            await ExportAsync(here, slug, temp[$"{slug}-a"]);
            var reading = await CourseFolder.ReadAsync(temp[$"{slug}-a"], CancellationToken.None);
            Assert.True(reading.Problems.Count == 0, $"Seed {seed}: {string.Join(" | ", reading.Problems)}");

            var report = await ImportAsync(here, reading);
            Assert.Equal([ImportOutcome.Unchanged], report.Chapters.Concat(report.Files).Select(item => item.Outcome).Append(report.Course).Distinct());
            Assert.Equal(rows, await RowsAsync(here, slug));
            await ExportAsync(here, slug, temp[$"{slug}-a"]);
            var first = Bytes(temp[$"{slug}-a"]);
            await ExportAsync(here, slug, temp[$"{slug}-b"]);
            Assert.Equal(first, Bytes(temp[$"{slug}-b"]));

            await ImportAsync(elsewhere, reading);
            await ExportAsync(elsewhere, slug, temp[$"{slug}-c"]);
            Assert.Equal(first, Bytes(temp[$"{slug}-c"]));
        }
    }

    [Fact]
    public async Task Chapters_at_one_position_keep_their_order()
    {
        await using var here = await PortalHost.StartAsync();
        await using var elsewhere = await PortalHost.StartAsync();
        await using var temp = new TempFolder();
        await here.WithDbAsync(db =>
        {
            var course = new Course("egaux", "Égaux", Level.Snt);
            foreach (var slug in new[] { "zeta", "alpha", "mu" }) course.AddChapter(slug, slug).Describe(slug, "", position: 5);
            db.Courses.Add(course);
            return db.SaveChangesAsync();
        });
        await ExportAsync(here, "egaux", temp["egaux"]);
        Assert.Equal(["01-zeta.md", "02-alpha.md", "03-mu.md", "cours.yml"], Directory.EnumerateFiles(temp["egaux"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        await ImportAsync(elsewhere, await CourseFolder.ReadAsync(temp["egaux"], CancellationToken.None));
        Assert.Equal(
            [("zeta", 5), ("alpha", 5), ("mu", 5)],
            (await elsewhere.WithDbAsync(db => db.Chapters.OrderBy(c => c.Position).ThenBy(c => c.Id).ToListAsync())).Select(c => (c.Slug, c.Position)));
    }

    static async Task ExportAsync(PortalHost host, string slug, string folder)
    {
        var export = await host.WithDbAsync(db => CourseExporter.ExportAsync(db, slug, CancellationToken.None));
        Assert.Empty(export!.Problems);
        Assert.Empty(await ExportFolder.WriteAsync(export, folder, prune: false, CancellationToken.None));
    }

    static Task<ImportReport> ImportAsync(PortalHost host, CourseFolderReading reading) =>
        host.WithDbAsync(db => host.Services.GetRequiredService<CourseImporter>().ImportAsync(db, reading, prune: true, rename: false, CancellationToken.None));

    /// <summary>Everything that the database holds of a course, ids included.</summary>
    static Task<string> RowsAsync(PortalHost host, string slug) => host.WithDbAsync(async (PortalDbContext db) =>
    {
        var course = await db.Courses.AsNoTracking().Include(c => c.Files).Include(c => c.Chapters).ThenInclude(c => c.Contents).AsSplitQuery().SingleAsync(c => c.Slug == slug);
        var text = new StringBuilder($"{course.Id} {course.Title} {course.Summary} {course.Level} {course.Position} {course.Published} {course.PublishAt?.Ticks} {course.Author ?? "∅"} {course.Licence ?? "∅"}\n");
        foreach (var c in course.Chapters.OrderBy(c => c.Id))
            text.Append($"{c.Id} {c.Slug} {c.Title} {c.Summary} {c.Position} {c.Published} {string.Join(' ', c.Contents.Select(p => p.Code).Order())} {c.Markdown} {c.Html}\n");
        foreach (var f in course.Files.OrderBy(f => f.Id)) text.Append($"{f.Id} {f.Name} {f.MediaType} {f.Hash}\n");
        return text.ToString();
    });

    static IReadOnlyList<string> Bytes(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => $"{Path.GetRelativePath(folder, path)} {Convert.ToBase64String(File.ReadAllBytes(path))}"),
    ];

    sealed class Generator(int seed)
    {
        static readonly string[] Words =
        [
            "Bases", "été", "\"", "'", ":", ": ", " #", "# ", "- ", "[", "]", "{", "}", "*a", "&a", "!t", "%", "@", "`", "|", ">", "\\", "\\n", "~", "null", "true", "12", "0x1F", "---", "...",
            " ", "  ", "\t", "\n", "\r\n", "\n---\n", "\u00A0", "\u0085", "\u2028", "\u2029", "\uFEFF", "\u0001", "\u007F", "\u200B", "\u202E", "😀", "é", "e\u0301", "œ", "\uFFFD", "\uFFFE", "？", "<b>", "« x »",
        ];

        static readonly string[] Blocks =
        [
            "", "\n", "\n\n", "---\n", "---", "***\n", "# Titre\n\n", "Texte.", "Texte.\n", "Texte  \n", "Fin\r\n", "\r", "```sql title=\"a: b\"\nSELECT 1;\n```\n", "!!! note \"Note\"\n    Du texte.\n", "titre: non\n",
            "\uFEFF", "\u2028", "\f", "\t", "    code\n", "| a | b |\n|---|---|\n| 1 | 2 |\n", "$x^2$", "![a](figures/a.svg)", "😀", "\u0001", "> \n",
        ];

        static readonly string[] Extensions = [".svg", ".png", ".jpg", ".jpeg", ".webp", ".sql", ".py", ".csv", ".txt"];

        readonly Random random = new(seed);

        public Course Course(string slug, List<ProgrammeContent> programme, MarkdownRenderer renderer)
        {
            var course = new Course(slug, "x", One(Levels.All));
            course.Describe(Title(), Summary(), course.Level, Position(), random.Next(3) == 0 ? null : Words1(10), random.Next(3) == 0 ? null : Words1(10));
            if (random.Next(2) == 0) course.Publish();
            if (random.Next(2) == 0) course.SchedulePublication(Instant());
            var positions = random.Next(4);
            for (var i = random.Next(7); i > 0; i--)
            {
                var address = Address();
                if (course.Chapters.Any(c => c.Slug == address)) continue;
                var chapter = course.AddChapter(address, "x");
                chapter.Describe(Title(), Summary(), positions == 0 ? chapter.Position : positions == 1 ? random.Next(3) : Position());
                var markdown = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => One(Blocks)));
                chapter.Write(markdown, renderer.Render(markdown.ReplaceLineEndings("\n")));
                chapter.Cover(programme.Where(_ => random.Next(30) == 0));
                if (random.Next(2) == 0) chapter.Publish();
            }

            for (var i = random.Next(4); i > 0; i--)
            {
                var (name, content) = ($"{random.Next(100)}{Letters("ab-_.", random.Next(6))}{One(Extensions)}", new byte[random.Next(50)]);
                random.NextBytes(content);
                course.Attach(name, FolderLayout.MediaTypeOf(name)!, content);
            }

            return course;
        }

        string Title() => $"{Words1(8)}T{Words1(8)}";

        string Summary() => random.Next(4) == 0 ? "" : Words1(40);

        string Words1(int most) => string.Concat(Enumerable.Range(0, random.Next(most)).Select(_ => One(Words)));

        int Position() => random.Next(5) switch
        {
            0 => random.Next(-3, 3),
            1 => 99_999 + random.Next(2),
            2 => One([int.MinValue, int.MaxValue]),
            _ => random.Next(200),
        };

        // In a year of its own, so that it is later than now; often around the hour that comes twice.
        DateTimeOffset Instant()
        {
            var at = new DateTimeOffset(2100 + random.Next(90), 10, 25 + random.Next(7), random.Next(4), random.Next(60), 0, TimeSpan.Zero);
            return random.Next(3) switch { 0 => at, 1 => at.AddSeconds(random.Next(60)), _ => at.AddTicks(random.Next(int.MaxValue)) };
        }

        string Address()
        {
            while (true)
            {
                var slug = random.Next(8) == 0 ? new string('a', Slug.MaxLength) : Letters("ab019-", random.Next(1, 12));
                if (Slug.IsValid(slug)) return slug;
            }
        }

        string Letters(string alphabet, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => alphabet[random.Next(alphabet.Length)]));

        T One<T>(IReadOnlyList<T> among) => among[random.Next(among.Count)];
    }
}
