using System.Diagnostics;
using NsiPortal.Support;

namespace NsiPortal.Content;

/// <summary>What the course says that Python prints is what it prints.</summary>
public sealed class PythonContentTests
{
    const string Separator = "\u001e";

    public static TheoryData<string> Chapters => ChapterSource.Names;

    public static TheoryData<string> Courses => DemoCourse.Rows;

    [Theory, MemberData(nameof(Chapters))]
    public async Task A_chapter_shows_what_is_really_printed(string name)
    {
        var chapter = ChapterSource.Read(name);
        IReadOnlyList<IReadOnlyList<Block>> parts = [chapter.Lesson, .. chapter.Exercises.SelectMany(e => new[] { e.Statement, e.Correction })];
        var shown = (from blocks in parts
                     from pair in blocks.Zip(blocks.Skip(1).Cast<Block?>().Append(null))
                     where pair.First.Language == "python" && !pair.First.Text.Contains(Block.Blank, StringComparison.Ordinal)
                     select (Code: pair.First.Text, Output: pair.Second is { Adjacent: true, Title: "Affichage" } output ? output.Text + "\n" : "")).ToList();
        await using var folder = new TempFolder();
        foreach (var file in DataOf(DemoCourse.Of(name))) File.Copy(file, folder[Path.GetFileName(file)]);

        // One program: a block may use what those before it have made.
        var printed = await RunAsync(folder.Path, string.Join($"\nprint('{Separator}', end='')\n", shown.Select(block => block.Code)));

        Assert.Equal(shown.Select(block => block.Output), shown.Count == 0 ? [] : printed.Split(Separator));
    }

    [Theory, MemberData(nameof(Courses))]
    public void A_course_shows_programs_that_print(string course)
    {
        var outputs = ChapterSource.All(course).Sum(c =>
            c.Lesson.Count(b => b.Title == "Affichage") + c.Exercises.Sum(e => e.Correction.Count(b => b.Title == "Affichage")));
        Assert.True(outputs >= 7, $"{outputs} outputs");
    }

    /// <summary>What a program of the course can open.</summary>
    static IEnumerable<string> DataOf(string course) => Directory.EnumerateFiles(DemoCourse.FolderOf(course)).Where(file => Path.GetExtension(file) is not (".md" or ".yml"));

    static async Task<string> RunAsync(string folder, string program)
    {
        using var python = Process.Start(new ProcessStartInfo("python3", ["-I", "-X", "utf8", "-"])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        })!;
        var (output, errors) = (python.StandardOutput.ReadToEndAsync(), python.StandardError.ReadToEndAsync());
        await python.StandardInput.WriteAsync(program);
        python.StandardInput.Close();
        await python.WaitForExitAsync();
        Assert.Equal("", await errors);
        return await output;
    }
}
