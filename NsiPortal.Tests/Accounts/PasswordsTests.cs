using Microsoft.AspNetCore.Identity;
using NsiPortal.Domain.People;

namespace NsiPortal.Accounts;

public sealed class PasswordsTests
{
    [Theory]
    [InlineData("trois petits chats")]
    [InlineData("é😀 日本語 ok")]
    [InlineData(null, PasswordFault.TooShort)]
    [InlineData("", PasswordFault.TooShort)]
    [InlineData("sept777", PasswordFault.TooShort)]
    [InlineData("AzertyUiop", PasswordFault.Common)]
    [InlineData("abababababab", PasswordFault.Common)]
    [InlineData("vive oscar !", PasswordFault.Nickname)]
    [InlineData("0SC4R 0scar", PasswordFault.Nickname)]
    public void A_password_is_long_and_not_what_everybody_tries(string? password, PasswordFault? fault = null) => Assert.Equal(fault, Passwords.Check(password, "Oscar"));

    [Theory]
    [InlineData(128)]
    [InlineData(129, PasswordFault.TooLong)]
    public void A_password_has_an_end(int length, PasswordFault? fault = null) =>
        Assert.Equal(fault, Passwords.Check(string.Concat(Enumerable.Repeat("abc", 43))[..length], null));

    [Fact]
    public void One_that_was_drawn_with_few_rounds_is_known_by_them()
    {
        var ada = new User("Ada", Role.Student, DateTimeOffset.UnixEpoch);
        Assert.False(FirstPasswords.AreQuick(ada));
        FirstPasswords.Give(ada);
        Assert.True(FirstPasswords.AreQuick(ada));
        FirstPasswords.Give(ada, "trois petits chats", new PasswordHasher<User>());
        Assert.False(FirstPasswords.AreQuick(ada));
    }

    [Fact]
    public void What_nobody_wrote_as_text_is_a_password_like_another()
    {
        Assert.Null(Passwords.Check("\uD800\uFFFE\0 12345678", "\uDC00\uFFFE"));
        Assert.Null(Passwords.Check(Passwords.New(), "Oscar"));
    }
}
