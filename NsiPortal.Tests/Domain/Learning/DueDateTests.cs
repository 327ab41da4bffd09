namespace NsiPortal.Domain.Learning;

public sealed class DueDateTests
{
    static readonly DateTimeOffset Noon = new(2026, 11, 25, 11, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Work_is_due_after_its_beginning()
    {
        var due = new DueDate(1, 1, Noon, Noon.AddMinutes(1));
        Assert.Throws<ArgumentException>(() => due.Set(Noon, Noon));
        Assert.Throws<ArgumentException>(() => due.Set(Noon.AddDays(1), Noon));
        Assert.Equal((Noon, Noon.AddMinutes(1)), (due.StartsAt, due.DueAt));
        due.Set(null, Noon);
        Assert.Null(due.StartsAt);
    }
}
