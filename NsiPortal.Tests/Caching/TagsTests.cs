using System.Reflection;

namespace NsiPortal.Caching;

public sealed class TagsTests
{
    public static TheoryData<string> Templates => [.. typeof(Tags).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(constant => constant.IsLiteral).Select(constant => (string)constant.GetRawConstantValue()!).Where(tag => tag != Tags.Everything)];

    [Theory]
    [MemberData(nameof(Templates))]
    public void Every_tag_that_pages_declare_has_a_name_that_can_be_told(string template) =>
        Assert.True(Tags.IsName(template.IndexOf('{', StringComparison.Ordinal) is var id and >= 0 ? template[..id] + "3" : template));

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("Courses")]
    [InlineData("courses:3")]
    [InlineData("course")]
    [InlineData("course:")]
    [InlineData("course:0")]
    [InlineData("course:-3")]
    [InlineData("course:03")]
    [InlineData("course: 3")]
    [InlineData("course:3:4")]
    [InlineData("course:{course}")]
    [InlineData("chapter:99999999999")]
    [InlineData("user:")]
    [InlineData("user:a\ncourses")]
    public void What_no_page_can_carry_is_no_name(string name) => Assert.False(Tags.IsName(name));
}
