using System.Text;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Data;
using NsiPortal.Domain.Studies;
using NsiPortal.Exchange.Csv;
using NsiPortal.Support;

namespace NsiPortal.Exchange.Studies;

public sealed class StudiesImportTests
{
    static readonly DateTimeOffset Now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    const string Header = "university_code;university;town;faculty_code;faculty;programme_code;programme;level;subject_code;subject;semester;ects;courses";

    [Fact]
    public async Task A_file_makes_what_is_new_changes_what_differs_and_tells_of_lines_that_are_wrong()
    {
        await using var folder = await StartAsync();
        await ImportAsync(folder, $"{Header}\nUL;Université de Lille;Lille;FST;Sciences;LI;Licence Informatique;licence;BDD;Bases de données;3;6;sql\n");
        var import = await ImportAsync(folder, $"""
            {Header}
            UL;Université de Lille;Lille;FST;Sciences;LI;Licence d’informatique;licence;BDD;Bases de données;3;6,5;
            UL;;;FST;;LI;;;ALG;Algorithmique;1;6;sql
            UL;;;FST;;LI;;;X;Sans semestre;;6;
            UL;;;FST;;LI;;;Y;Trop de crédits;1;61;
            UL;;;;;LI;Sans composante;licence;;;;;
            UL;;;FST;;M;Sans diplôme;rien;;;;;
            UL;;;FST;;LI;;;Z;Vers nulle part;1;6;latin
            UL;Autre nom;Lille;;;;;;;;;;
            B?;Mauvais code;Brest;;;;;;;;;;
            BX;Bordeaux;Bordeaux;;;;;;;;;;
            UL;"Université;Lille
            """);

        Assert.Equal(
            ["Unchanged UL", "Unchanged UL / FST", "Changed UL / FST / LI Name", "Changed UL / FST / LI / BDD Ects Courses", "Created UL / FST / LI / ALG", "Created BX"],
            import.Items.Select(i => $"{i.Outcome} {i.Path} {string.Join(' ', i.Fields.Select(f => f.Name))}".TrimEnd()));
        Assert.Equal(
        [
            (4, "semester", LineFault.Fact, StudyFaultKind.Semester), (5, "ects", LineFault.Fact, StudyFaultKind.Ects), (6, "faculty_code", LineFault.NoCode, null), (7, "level", LineFault.Fact, StudyFaultKind.Level),
            (8, "courses", LineFault.UnknownCourse, null), (9, "university", LineFault.Conflict, null), (10, "university_code", LineFault.Fact, StudyFaultKind.Code), (12, "", LineFault.OpenQuote, (StudyFaultKind?)null),
        ], import.Wrong.Select(w => (w.Line, w.Column, w.Fault, w.Fact)));
        await using var db = folder.OpenDatabase();
        Assert.Equal(["ALG sql", "BDD "], (await db.Subjects.OrderBy(s => s.Code).Select(s => new { s.Code, Courses = s.Courses.Select(l => l.Course.Slug).ToList() }).ToListAsync()).Select(s => $"{s.Code} {string.Join('|', s.Courses)}"));
    }

    [Theory]
    [InlineData("", FileFault.Empty)]
    [InlineData(Header, FileFault.Empty)]
    [InlineData("nom;ville\nLille;Lille", FileFault.NoCode)]
    public async Task A_file_that_is_another_one_is_not_read(string text, FileFault fault)
    {
        await using var folder = await StartAsync();
        Assert.Equal(fault, (await ImportAsync(folder, text)).Fault);
    }

    // Whatever the catalogue holds: quotes, separators, lines, formulas.
    [Fact]
    public async Task What_is_exported_is_the_catalogue_again_elsewhere_and_changes_nothing_here()
    {
        await using var here = await StartAsync();
        await using (var db = here.OpenDatabase())
        {
            var course = await db.Courses.SingleAsync();
            for (var seed = 0; seed < 25; seed++)
            {
                var random = new Random(seed);
                string Text(int least, int most) => "a"[..Math.Min(least, 1)] + new string(random.GetItems<char>("\"';,|\t=+-@é\u2019\r\n x", random.Next(0, most))).Replace("\t", "", StringComparison.Ordinal);
                string Sum() => random.Next(3) == 0 ? "=1+1" : random.Next(3) == 0 ? "'@SUM(A1)" : Text(0, 12);
                var university = new University(new UniversityFacts($"U{seed}", Text(1, 12), random.Next(2) == 0 ? "-Ville" : "+Ville", random.Next(2) == 0 ? "https://exemple.fr/?a=1;b=2" : ""), $"u-{seed}");
                for (var f = 0; f < random.Next(3); f++)
                {
                    var faculty = university.Add(new FacultyFacts($"F{f}", Text(1, 9)));
                    for (var p = 0; p < random.Next(3); p++)
                    {
                        var programme = faculty.Add(new ProgrammeFacts($"P{p}", Text(1, 9), random.GetItems<StudyLevel>([.. StudyLevels.All], 1)[0], Sum(), "", random.Next(2) == 0));
                        for (var s = 0; s < random.Next(4); s++)
                        {
                            var subject = programme.Add(new SubjectFacts($"S{s}", Text(1, 9), random.Next(1, 13), random.Next(0, 121) / 2d, Sum()));
                            if (random.Next(2) == 0) subject.LeadFrom([course]);
                        }
                    }
                }

                db.Add(university);
            }

            await db.SaveChangesAsync();
        }

        var file = await ExportAsync(here);
        await using (var db = here.OpenDatabase())
        {
            var same = await StudiesImport.MakeAsync(db, CsvText.Read(file), null, Now, default);
            Assert.Empty(same.Wrong);
            Assert.NotEmpty(same.Items);
            Assert.All(same.Items, item => Assert.Equal((item.Path, ImportOutcome.Unchanged), (item.Path, item.Outcome)));
            Assert.False(db.ChangeTracker.HasChanges());
        }

        await using var elsewhere = await StartAsync();
        await ImportAsync(elsewhere, file);
        Assert.Equal(Encoding.UTF8.GetString(file), Encoding.UTF8.GetString(await ExportAsync(elsewhere)));
    }

    [Fact]
    public async Task The_demo_catalogue_is_whole()
    {
        await using var folder = await StartAsync();
        await using (var db = folder.OpenDatabase())
        {
            db.Add(new CourseBuilder("bases-de-donnees-et-sql").Build());
            await db.SaveChangesAsync();
        }

        var import = await ImportAsync(folder, await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Content", "etudes.csv")));
        Assert.Empty(import.Wrong);
        Assert.Empty(import.UnknownColumns);
        await using var after = folder.OpenDatabase();
        Assert.True(await after.Universities.CountAsync() >= 15);
        Assert.True(await after.StudyProgrammes.AllAsync(p => p.Illustrative));
        Assert.True(await after.SubjectCourses.CountAsync() >= 15);
    }

    static async Task<TempFolder> StartAsync()
    {
        var folder = new TempFolder();
        await using var db = folder.OpenDatabase();
        await db.Database.MigrateAsync();
        db.Add(new CourseBuilder("sql").Build());
        await db.SaveChangesAsync();
        return folder;
    }

    static Task<StudiesImport> ImportAsync(TempFolder folder, string text) => ImportAsync(folder, Encoding.UTF8.GetBytes(text));

    static async Task<StudiesImport> ImportAsync(TempFolder folder, byte[] file)
    {
        await using var db = folder.OpenDatabase();
        var import = await StudiesImport.MakeAsync(db, CsvText.Read(file), null, Now, default);
        await db.SaveChangesAsync();
        return import;
    }

    static async Task<byte[]> ExportAsync(TempFolder folder)
    {
        await using var db = folder.OpenDatabase();
        return await StudiesExport.WriteAsync(db, default);
    }
}
