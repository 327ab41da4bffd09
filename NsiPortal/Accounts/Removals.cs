using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace NsiPortal.Accounts;

/// <summary>
/// What undoes the removal of a pupil: a word that only the portal can write, which stands in the next page's address for an hour. So nothing has to be kept,
/// and whoever has not removed somebody cannot put them into a class.
/// </summary>
public sealed class Removals(IDataProtectionProvider protection)
{
    static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    readonly ITimeLimitedDataProtector protector = protection.CreateProtector("NsiPortal.Removals").ToTimeLimitedDataProtector();

    public string Write(Removal removal) =>
        protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{removal.ClassId} {removal.UserId} {removal.JoinedAt.UtcTicks}"), Lifetime);

    /// <returns>Null when there is none, or it is another class's, or too old.</returns>
    public Removal? Read(string? word, int classId)
    {
        if (string.IsNullOrEmpty(word)) return null;
        try
        {
            var parts = protector.Unprotect(word).Split(' ').Select(part => long.Parse(part, CultureInfo.InvariantCulture)).ToList();
            return parts[0] == classId ? new Removal(classId, (int)parts[1], new DateTimeOffset(parts[2], TimeSpan.Zero)) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

public sealed record Removal(int ClassId, int UserId, DateTimeOffset JoinedAt);
