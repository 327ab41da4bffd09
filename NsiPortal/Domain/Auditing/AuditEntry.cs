using NsiPortal.Domain.People;

namespace NsiPortal.Domain.Auditing;

/// <summary>
/// An act of administration: who did what to whom, and when. It is added to the context of the act, so that both are saved or neither. It never holds
/// a password or a code; what it names of a user is blanked when their account is deleted.
/// </summary>
public sealed class AuditEntry
{
    public const int MaxTextLength = 400;

    /// <summary>Entries are kept this long.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    AuditEntry() { }

    /// <param name="actor">Who acts.</param>
    /// <param name="act">What they do.</param>
    /// <param name="target">To what, as a reader knows it: a nickname, a title, a tag. Cut when it is long.</param>
    /// <param name="detail">What the act does not say by itself, such as the new role. Cut when it is long.</param>
    /// <param name="at">When.</param>
    public AuditEntry(Actor actor, AuditAct act, string target, string detail, DateTimeOffset at)
    {
        (UserId, Nickname, Act, At) = (actor.UserId, actor.Nickname, act, at);
        (Target, Detail) = (Cut(target), Cut(detail));
    }

    /// <summary>An act upon an account, under the nickname that it has at the time.</summary>
    public AuditEntry(Actor actor, AuditAct act, User target, string detail, DateTimeOffset at) : this(actor, act, target.Nickname, detail, at) => TargetUser = target;

    public long Id { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>Null for the command line, and once the account has gone.</summary>
    public int? UserId { get; private set; }

    /// <summary>At the time; empty once the account has gone.</summary>
    public string Nickname { get; private set; } = "";

    public AuditAct Act { get; private set; }
    public string Target { get; private set; } = "";

    /// <summary>The account acted upon, if it was one and is still there.</summary>
    public int? TargetUserId { get; private set; }

    public User? TargetUser { get; private set; }
    public string Detail { get; private set; } = "";

    static string Cut(string text) => text.Length <= MaxTextLength ? text : text.Start(MaxTextLength - 1) + "…";
}
