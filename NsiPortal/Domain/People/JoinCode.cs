using System.Security.Cryptography;

namespace NsiPortal.Domain.People;

/// <summary>Seven characters that are read out in a classroom: none that sounds or looks like another. There are 8·10⁹, and who tries many is slowed down.</summary>
public readonly record struct JoinCode(string Text)
{
    public const int Length = 7;
    const string Alphabet = "ACDEFGHJKLMNPQRTUVWXY34679";

    public static JoinCode New() => new(RandomNumberGenerator.GetString(Alphabet, Length));

    /// <summary>As somebody typed it: in any case, with blanks or hyphens.</summary>
    public static JoinCode Of(string? typed) => new(string.Concat((typed ?? "").ToUpperInvariant().Where(char.IsAsciiLetterOrDigit).Take(Length + 1)));

    /// <summary>Easier to read: « ACD-EFGH ».</summary>
    public override string ToString() => Text.Length > 3 ? $"{Text[..3]}-{Text[3..]}" : Text;
}
