namespace NsiPortal.Domain.People;

/// <summary>Words that no nickname contains. Looked for in its key, where separators and look-alike characters hide nothing.</summary>
static class OffensiveWords
{
    static readonly string[] Anywhere =
    [
        .. new[]
        {
            "connard", "connasse", "encule", "salope", "salaud", "putain", "batard", "enfoire", "merde", "nique", "bougnoule", "negro", "negre", "youpin", "pedophile",
            "tapette", "gouine", "hitler", "nazi", "suicide", "fuck", "nigger", "nigga", "bitch", "cunt", "faggot", "whore", "porno", "sexe", "viol",
        }.Select(Nickname.KeyOf),
    ];

    /// <summary>Harmless inside longer words.</summary>
    static readonly string[] Whole = [.. new[] { "con", "cons", "conne", "cul", "pute", "putes", "bite", "couille", "couilles", "chatte", "pd", "fdp", "ntm", "tg", "pute1", "anus", "ss", "88" }.Select(Nickname.KeyOf)];

    /// <summary>Words that contain one of the others and mean no harm.</summary>
    static readonly string[] Harmless = [.. new[] { "violet", "violette", "violon", "viola", "technique", "mecanique", "electronique", "botanique", "panique", "ironique", "unique", "dominique", "monique", "veronique", "sexte", "clinique" }.Select(Nickname.KeyOf)];

    public static bool In(string key) => Whole.Contains(key) || HasOffensive(key) || HasOffensive(Read(key));

    /// <summary>As who reads it does: « c0nn4rd ».</summary>
    static string Read(string key) => key.Replace('4', 'a').Replace('3', 'e').Replace('5', 's').Replace('7', 't').Replace('8', 'b').Replace('9', 'g');

    static bool HasOffensive(string key)
    {
        var rest = Harmless.Aggregate(key, (text, word) => text.Replace(word, " ", StringComparison.Ordinal));
        return Anywhere.Any(word => rest.Contains(word, StringComparison.Ordinal));
    }
}
