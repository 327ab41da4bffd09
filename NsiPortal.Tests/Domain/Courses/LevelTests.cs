namespace NsiPortal.Domain.Courses;

public sealed class LevelTests
{
    [Fact]
    public void Each_level_has_a_word_of_its_own_that_leads_back_to_it()
    {
        Assert.Equal(["snt", "premiere", "terminale", "autre"], Levels.All.Select(level => level.Slug()));
        Assert.All(Levels.All, level => Assert.Equal(level, Levels.FromSlug(level.Slug())));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Terminale")]
    [InlineData("cp")]
    public void Another_word_is_no_level(string? word) => Assert.Null(Levels.FromSlug(word));
}
