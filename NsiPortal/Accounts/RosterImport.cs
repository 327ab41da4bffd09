using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Data;
using NsiPortal.Domain.People;

namespace NsiPortal.Accounts;

/// <summary>
/// Makes the accounts of a list of pupils. It is judged first, and what was judged good travels to the confirmation sealed, so that no password of the list
/// can be read in a page; then it is judged again, because others may have signed up meanwhile.
/// </summary>
public sealed class RosterImport(PortalDbContext db, IDataProtectionProvider protection, IPasswordHasher<User> hasher, TimeProvider time)
{
    static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    readonly ITimeLimitedDataProtector protector = protection.CreateProtector("NsiPortal.RosterImport").ToTimeLimitedDataProtector();

    /// <summary>What would become of each line.</summary>
    public async Task<IReadOnlyList<RosterLine>> JudgeAsync(SchoolClass schoolClass, IReadOnlyList<RosterEntry> entries, CancellationToken cancellationToken)
    {
        var keys = entries.Select(entry => Nickname.KeyOf(entry.Nickname)).Where(key => key.Length > 0).Distinct().ToList();
        var known = new Dictionary<string, (string Nickname, bool Inside)>(StringComparer.Ordinal);
        foreach (var some in keys.Chunk(500))
        {
            foreach (var user in await db.Users.Where(u => some.Contains(u.NicknameKey)).Select(u => new { u.NicknameKey, u.Nickname, Inside = u.Memberships.Any(m => m.ClassId == schoolClass.Id) }).ToListAsync(cancellationToken))
                known.Add(user.NicknameKey, (user.Nickname, user.Inside));
        }

        var left = schoolClass.Capacity - await db.ClassMembers.CountAsync(m => m.ClassId == schoolClass.Id, cancellationToken);
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        var lines = new List<RosterLine>(entries.Count);
        foreach (var entry in entries)
        {
            var state = StateOf(entry, known, first, ref left);
            lines.Add(new RosterLine(entry, state, state == RosterState.Repeated ? first[Nickname.KeyOf(entry.Nickname)] : null));
        }

        return lines;
    }

    static RosterState StateOf(RosterEntry entry, Dictionary<string, (string Nickname, bool Inside)> known, Dictionary<string, int> first, ref int left)
    {
        if (entry.Unreadable) return RosterState.Unreadable;
        if (Nickname.Check(entry.Nickname) is { } unfit)
        {
            return unfit switch
            {
                NicknameFault.TooShort => RosterState.TooShort,
                NicknameFault.TooLong => RosterState.TooLong,
                NicknameFault.Offensive => RosterState.Offensive,
                _ => RosterState.Characters,
            };
        }

        var key = Nickname.KeyOf(entry.Nickname);
        if (!first.TryAdd(key, entry.Line)) return RosterState.Repeated;
        if (known.TryGetValue(key, out var there))
        {
            var same = string.Equals(there.Nickname, Nickname.Tidy(entry.Nickname), StringComparison.OrdinalIgnoreCase);
            return !same ? RosterState.LookAlike : there.Inside ? RosterState.Member : RosterState.Taken;
        }

        if (entry.Password is { } password && Passwords.Check(password, entry.Nickname) is not null) return RosterState.WeakPassword;
        return left-- > 0 ? RosterState.New : RosterState.Full;
    }

    /// <summary>Of a list that was judged, what is to be done when it is confirmed; nobody can read it on the way.</summary>
    public string Seal(int classId, IEnumerable<RosterLine> lines) =>
        protector.Protect(JsonSerializer.Serialize(new SealedRoster(classId, [.. lines.Where(line => line.State == RosterState.New).Select(line => line.Entry)])), Lifetime);

    /// <returns>Null when it is another class's, too old, or of nobody's making.</returns>
    public IReadOnlyList<RosterEntry>? Open(int classId, string? seal)
    {
        if (string.IsNullOrEmpty(seal)) return null;
        try
        {
            return JsonSerializer.Deserialize<SealedRoster>(protector.Unprotect(seal)) is { } opened && opened.ClassId == classId ? opened.Entries : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Makes the accounts that can be made, all or none of them; each must choose a password of its own at the first sign-in.</summary>
    /// <returns>The lines as they were judged now, and for each new account its password when it was drawn here: it is stored nowhere.</returns>
    public async Task<(IReadOnlyList<RosterLine> Lines, IReadOnlyList<FirstPassword> Made)> RunAsync(
        SchoolClass schoolClass, IReadOnlyList<RosterEntry> entries, CancellationToken cancellationToken)
    {
        // What takes long comes first, while nobody waits for this class; it leaves readers half of the machine.
        var now = time.GetUtcNow();
        var prepared = new Dictionary<int, (User User, string? Password)>();
        var before = await JudgeAsync(schoolClass, entries, cancellationToken);
        var half = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount / 2), CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(before.Where(line => line.State == RosterState.New).Select(line => line.Entry), half, (entry, _) =>
        {
            var user = new User(entry.Nickname, Role.Student, now);
            var password = entry.Password is null ? FirstPasswords.Give(user) : FirstPasswords.Give(user, entry.Password, hasher);
            lock (prepared) prepared[entry.Line] = (user, password);
            return ValueTask.CompletedTask;
        });

        IReadOnlyList<RosterLine> lines = [];
        try
        {
            await db.InTransactionAsync(async () =>
            {
                // Who joins at the same time waits here, so that the last place is given once.
                await db.Classes.Where(c => c.Id == schoolClass.Id).LockAsync(cancellationToken);
                // A place that has become free meanwhile is nobody's who was not prepared for it.
                var anew = (await JudgeAsync(schoolClass, [.. entries.Where(entry => prepared.ContainsKey(entry.Line))], cancellationToken)).ToDictionary(line => line.Entry.Line);
                lines = [.. before.Select(line => anew.GetValueOrDefault(line.Entry.Line, line))];
                foreach (var (user, _) in lines.Where(line => line.State == RosterState.New).Select(line => prepared[line.Entry.Line]))
                {
                    db.Users.Add(user);
                    db.ClassMembers.Add(new ClassMember(schoolClass, user, now));
                }

                await db.SaveChangesAsync(cancellationToken);
            }, cancellationToken);
        }
        catch (DbUpdateException fault) when (fault.IsOfUniqueness)
        {
            // Somebody signed up under one of these names between the judgement and the save: judged anew, that line is found wrong.
            db.ChangeTracker.Clear();
            return (await JudgeAsync(schoolClass, entries, cancellationToken), []);
        }

        return (lines, [.. lines.Where(line => line.State == RosterState.New).Select(line => new FirstPassword(prepared[line.Entry.Line].User.Nickname, prepared[line.Entry.Line].Password))]);
    }

    sealed record SealedRoster(int ClassId, IReadOnlyList<RosterEntry> Entries);
}

/// <param name="Line">In the list, from 1.</param>
/// <param name="Password">Null when one is to be drawn.</param>
/// <param name="Unreadable">The line is there, and what it says cannot be told.</param>
public sealed record RosterEntry(int Line, string Nickname, string? Password, bool Unreadable = false);

/// <param name="Before">The line that has the same nickname, when there is one.</param>
public sealed record RosterLine(RosterEntry Entry, RosterState State, int? Before);

public enum RosterState
{
    New,

    /// <summary>In the class already: nothing to do.</summary>
    Member,

    TooShort,
    TooLong,
    Characters,
    Offensive,

    /// <summary>Another line of the list has it.</summary>
    Repeated,

    /// <summary>Somebody else's account, who is not in the class.</summary>
    Taken,
    LookAlike,
    WeakPassword,
    Full,

    /// <summary>Quotation marks that nobody closes.</summary>
    Unreadable,
}
