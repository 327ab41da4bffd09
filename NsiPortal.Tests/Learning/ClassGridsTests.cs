using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.People;
using NsiPortal.Support;

namespace NsiPortal.Learning;

public sealed class ClassGridsTests
{
    [Fact]
    public async Task A_grid_counts_tries_and_finds_who_is_stuck()
    {
        await using var room = await Classroom.StartAsync();
        var (ada, bob, cleo, dan) = (await room.EnrolAsync("Ada"), await room.EnrolAsync("Bob"), await room.EnrolAsync("Cléo"), await room.EnrolAsync("Dan"));
        var classId = await room.Host.WithDbAsync(async db =>
        {
            var teacher = new User("Mme Hopper", Role.Teacher, Classroom.Noon) { SecurityStamp = "t" };
            db.Users.Add(teacher);
            await db.SaveChangesAsync();
            var schoolClass = new SchoolClass("Terminale", teacher.Id, JoinCode.New(), Classroom.Noon);
            foreach (var id in new[] { ada, bob, cleo }) db.ClassMembers.Add(new ClassMember(schoolClass, await db.Users.SingleAsync(u => u.Id == id), Classroom.Noon));
            await db.SaveChangesAsync();
            return schoolClass.Id;
        });
        room.Time.Advance(TimeSpan.FromDays(13));
        await room.SubmitAsync(ada, "mot", Classroom.Text("cinq"));
        await room.SolveAsync(ada, "mot");
        await room.SubmitAsync(ada, "libre", Domain.Exercises.Answer.Of((FreeAnswer.Field, "Il était une fois")));
        for (var i = 0; i < 3; i++) await room.SubmitAsync(bob, "mot", Classroom.Text($"{i}"));
        await room.SubmitAsync(bob, "trous", Classroom.InHoles("un", "trois"));
        await room.SolveAsync(dan, "mot");

        var grid = await GridAsync();
        Assert.Equal(["mot", "trous", "compte", "libre"], await room.Host.WithDbAsync(async db => (await db.Exercises.ToListAsync()).OrderBy(e => grid.Columns.ToList().FindIndex(c => c.Exercise.Id == e.Id)).Select(e => e.Key).ToList()));
        // Who is stuck comes first; Dan is of no class.
        Assert.Equal(["Bob", "Ada", "Cléo"], grid.Rows.Select(row => row.Nickname));
        Assert.Equal([(3, GridState.Tried), (1, GridState.Tried), (0, GridState.Nothing), (0, GridState.Nothing)], grid.Rows[0].Cells.Select(cell => (cell.Tries, cell.State)));
        Assert.Equal([(2, GridState.Solved), (0, GridState.Nothing), (0, GridState.Nothing), (1, GridState.Waiting)], grid.Rows[1].Cells.Select(cell => (cell.Tries, cell.State)));
        Assert.Equal((1, false), (grid.Rows[0].StuckExercises, grid.Rows[0].IsIdle));
        // Cléo has done nothing for thirteen days; the next makes fourteen.
        Assert.False(grid.Rows[2].IsStuck);
        room.Time.Advance(TimeSpan.FromDays(1));
        Assert.True((await GridAsync()).Rows.Single(row => row.Nickname == "Cléo").IsIdle);

        // Two points of six; half the holes and nothing else; nothing.
        var book = MarkBook.Of(grid);
        Assert.Equal([("Ada", 6.7m, 6.7m), ("Bob", 6.7m, 6.7m), ("Cléo", null, 0m)], book.Pupils.Select(pupil => (pupil.Nickname, pupil.Chapters.Single(), pupil.Overall)));

        async Task<ClassGrid> GridAsync()
        {
            await using var scope = room.Host.Services.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<ClassGrids>().OfAsync(classId, null, CancellationToken.None);
        }
    }

    [Fact]
    public async Task A_grid_of_a_class_takes_five_commands_whatever_its_size()
    {
        await using var cast = await new Cast().StartAsync();
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        await cast.Host.SubmitAsync(cast.IdOf(Cast.Zoe), "partenaires", Domain.Exercises.Answer.Of((MultipleChoice.Field, "a")));
        var page = $"/prof/classes/{cast.ClassOfHopper}/grille";
        await hopper.AskAsync(page);
        var answer = await hopper.AskAsync(page);
        // One of them counts, for the menu, the answers that wait for a mark.
        Assert.InRange(answer.SqlCount, 1, 5);
        var cells = new HtmlParser().ParseDocument(answer.Text).QuerySelectorAll("table.grid tbody td").Select(cell => string.Join(' ', cell.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(["·rien", "0 / 1", "réussi, essais : 1", "1 / 1"], cells);
    }
}
