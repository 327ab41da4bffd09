namespace NsiPortal.Domain.People;

public sealed class HandOverTests
{
    static readonly DateTimeOffset Noon = new(2026, 11, 25, 11, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Only_who_teaches_a_class_can_be_given_it()
    {
        var schoolClass = new SchoolClass("Terminale 1", 7, JoinCode.New(), Noon);
        Assert.Throws<ArgumentException>(() => schoolClass.HandOver(8));
        Assert.Equal(7, schoolClass.TeacherId);
    }

    [Fact]
    public void An_archived_class_lets_nobody_in_until_it_is_taken_back()
    {
        var schoolClass = new SchoolClass("Terminale 1", 7, JoinCode.New(), Noon);
        schoolClass.Archive(Noon);
        schoolClass.Archive(Noon.AddDays(1));
        Assert.Equal((JoinFault.Archived, Noon), (schoolClass.WhyClosed(0, Noon), schoolClass.ArchivedAt));
        schoolClass.TakeBack();
        Assert.Null(schoolClass.WhyClosed(0, Noon));
    }
}
