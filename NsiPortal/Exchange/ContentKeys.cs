using System.Security.Cryptography;
using System.Text;

namespace NsiPortal.Exchange;

/// <summary>
/// Keys for the choices, lines or options of one exercise. Each comes from the text alone, so that it tells nothing of the place where it stands
/// in the sheet, and stays the same when others are added.
/// </summary>
sealed class ContentKeys(string exercise)
{
    const int Length = 8;

    readonly HashSet<string> given = [];

    public string Of(string text)
    {
        // The second of the same text needs another one, and so do two texts of the same hash.
        for (var count = 1; ; count++)
        {
            var key = Hash(count == 1 ? text : $"{text}#{count}");
            if (given.Add(key)) return key;
        }
    }

    string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{exercise}\n{text}")))[..Length];
}
