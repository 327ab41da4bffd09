namespace NsiPortal.Domain.People;

public sealed class NicknameTests
{
    [Theory]
    [InlineData("Zoé")]
    [InlineData("Anaïs-Lou")]
    [InlineData("M. Turing")]
    [InlineData("x_86_64")]
    [InlineData("Œdipe")]
    [InlineData("Łukasz")]
    [InlineData("Ștefan")]
    [InlineData("Nguyễn")]
    [InlineData("Viola")]
    [InlineData("Dominique")]
    [InlineData("Constance")]
    [InlineData("Pique-nique mécanique", NicknameFault.Offensive)]
    [InlineData(null, NicknameFault.TooShort)]
    [InlineData("", NicknameFault.TooShort)]
    [InlineData(" z ", NicknameFault.TooShort)]
    [InlineData("abcdefghijklmnopqrstuvwxy", NicknameFault.TooLong)]
    [InlineData("--", NicknameFault.Characters)]
    [InlineData("Zo\u0000e", NicknameFault.Characters)]
    [InlineData("Zo\te", NicknameFault.Characters)]
    [InlineData("Zo\u00A0e", NicknameFault.Characters)]
    [InlineData("Zo\u200Be", NicknameFault.Characters)]
    [InlineData("\u202Eeoz", NicknameFault.Characters)]
    [InlineData("Z\u0335oe", NicknameFault.Characters)]
    [InlineData("\u041Escar", NicknameFault.Characters)]
    [InlineData("\u039Fscar", NicknameFault.Characters)]
    [InlineData("\u0196na", NicknameFault.Characters)]
    [InlineData("Zo\uFFFE", NicknameFault.Characters)]
    [InlineData("<b>Zoe", NicknameFault.Characters)]
    [InlineData("zoe@lycee.fr", NicknameFault.Characters)]
    [InlineData("C0nnard", NicknameFault.Offensive)]
    [InlineData("s.a.l.o.p.e", NicknameFault.Offensive)]
    [InlineData("ñĪquë", NicknameFault.Offensive)]
    [InlineData("CON", NicknameFault.Offensive)]
    [InlineData("c0nn4rd", NicknameFault.Offensive)]
    [InlineData("M3rd3", NicknameFault.Offensive)]
    [InlineData("Max 3000")]
    [InlineData("S5")]
    public void A_nickname_is_in_Latin_letters_and_hurts_nobody(string? nickname, NicknameFault? fault = null) => Assert.Equal(fault, Nickname.Check(nickname));

    [Theory]
    [InlineData("Administrateur")]
    [InlineData("PR0FESSEUR")]
    [InlineData("vie-scolaire")]
    [InlineData("Zoé", false)]
    [InlineData("Profiterole", false)]
    public void No_pupil_passes_for_a_teacher(string nickname, bool reserved = true)
    {
        Assert.Equal(reserved ? NicknameFault.Reserved : null, Nickname.CheckOfStudent(nickname));
        Assert.Null(Nickname.Check(nickname));
    }

    // To put so many marks in order takes more time the more there are, in square.
    [Fact]
    public void What_is_far_too_long_is_nobodys_and_not_looked_at()
    {
        var marks = "a" + new string('\u0301', 200) + new string('\u0323', 200);
        Assert.Equal((NicknameFault.TooLong, "", ""), (Nickname.Check(marks), Nickname.Tidy(marks), Nickname.KeyOf(marks)));
    }

    [Theory]
    [InlineData("Zoé", "zoe")]
    [InlineData("Zoé", "Z 0.E")]
    [InlineData("Ines", "lnes")]
    [InlineData("Ines", "1nes")]
    [InlineData("Ines", "\u0130nès")]
    [InlineData("Ines", "\u0131nes")]
    [InlineData("Œdipe", "oedipe")]
    [InlineData("Oscar", "Øscar")]
    [InlineData("Mme Hopper", "mme-hopper")]
    [InlineData("Zoé", "Zoe\u0301")]
    public void Two_that_look_alike_have_one_key(string one, string other) => Assert.Equal(Nickname.KeyOf(one), Nickname.KeyOf(other));

    [Theory]
    [InlineData("cœur", "cour")]
    [InlineData("Zoé", "Zoa")]
    [InlineData("Zoé1", "Zoé2")]
    public void Two_that_do_not_look_alike_have_two(string one, string other) => Assert.NotEqual(Nickname.KeyOf(one), Nickname.KeyOf(other));

    // A letter that stays what it is would make a key of its own beside the one that it resembles.
    [Fact]
    public void Whatever_is_a_nickname_has_a_key_of_ASCII()
    {
        for (var c = 0; c <= char.MaxValue; c++)
            if (Nickname.Check($"a{(char)c}z") is null) Assert.All(Nickname.KeyOf($"a{(char)c}z"), k => Assert.True(char.IsAsciiLetterLower(k) || char.IsAsciiDigit(k), $"U+{c:X4}"));
    }

    [Fact]
    public void Any_text_has_a_key_whose_key_it_is()
    {
        for (var c = 0; c <= char.MaxValue; c++) AssertStable($"a{(char)c}z");
        // Halves of pairs, what is no character, marks, and alphabets beside each other.
        const string pieces = "aZé0iIl1 -._\u0301\u0327\u0130\u0131\u017F\u01C5\u0345\u03A3\u0416\u1100\u1161\u11A8\u200D\u202E\uAC00\uD83D\uDE00\uDBFF\uFB03\uFDFA\uFFFE\uFFFF\0";
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++) AssertStable(string.Concat(random.GetItems<char>(pieces, random.Next(12))));

        static void AssertStable(string text)
        {
            Nickname.Check(text);
            var key = Nickname.KeyOf(text);
            Assert.Equal(key, Nickname.KeyOf(key));
            Assert.Equal(key, Nickname.KeyOf(Nickname.Tidy(text)));
        }
    }
}
