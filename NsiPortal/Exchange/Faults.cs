using System.Globalization;
using System.Resources;

namespace NsiPortal.Exchange;

/// <summary>
/// What can be wrong with files and exercises: French in <c>Faults.resx</c>, English in <c>Faults.en.resx</c>. It is said in the language of the request;
/// outside of one, as at the console, in French.
/// </summary>
static class Faults
{
    static readonly ResourceManager Texts = new(typeof(Faults));

    public static string Say(string key, params object[] values) => string.Format(CultureInfo.CurrentCulture, Texts.GetString(key, CultureInfo.CurrentUICulture) ?? key, values);

    /// <summary>Something of an exercise sheet.</summary>
    public static UnusableFileException Of(int line, string fault, params object[] values) => new(line, Say($"Sheet.{fault}", values));

    /// <summary>The value of a key: a sheet speaks of the key, a form of the field.</summary>
    public static UnusableFileException OfValue(int line, string key, string fault, params object[] values) => new(line, Say($"Value.{fault}", [Say("Subject.Key", key), .. values]))
    {
        InForm = Say($"Value.{(fault == Missing ? "MissingField" : fault)}", [Say("Subject.Field"), .. values]),
    };

    public const string Missing = "Missing";
}
