namespace NsiPortal.Domain.People;

/// <summary>The pupils that a teacher follows; they join with a code.</summary>
public sealed class SchoolClass
{
    readonly List<ClassMember> members = [];

    SchoolClass() { }

    public SchoolClass(string name, int teacherId, JoinCode code, DateTimeOffset now)
    {
        Name = NameOf(name) ?? throw new ArgumentException($"A class has a name of at most {MaxNameLength} characters.", nameof(name));
        TeacherId = teacherId;
        Code = code.Text;
        CreatedAt = now;
    }

    public const int MaxNameLength = 60;
    public const int DefaultCapacity = 40;

    public int Id { get; private set; }
    public string Name { get; private set; } = "";
    public int TeacherId { get; private set; }

    /// <summary>See <see cref="JoinCode"/>; unique.</summary>
    public string Code { get; private set; } = "";

    /// <summary>Nobody joins from then on (UTC); null for no end.</summary>
    public DateTimeOffset? CodeExpiresAt { get; private set; }

    public int Capacity { get; private set; } = DefaultCapacity;
    public DateTimeOffset CreatedAt { get; private set; }
    public IReadOnlyList<ClassMember> Members => members;

    /// <summary>As it is stored; null when it cannot be a name.</summary>
    public static string? NameOf(string? typed) =>
        typed?.Trim() is { Length: > 0 and <= MaxNameLength } name && StorableText.Is(name) && !name.Any(char.IsControl) ? name : null;

    public void Limit(int capacity) => Capacity = capacity is > 0 and <= 500 ? capacity : throw new ArgumentOutOfRangeException(nameof(capacity));

    /// <summary>Who knows the former code cannot join any more.</summary>
    public void Renew(JoinCode code, DateTimeOffset? expiresAt)
    {
        Code = code.Text;
        CodeExpiresAt = expiresAt;
    }

    /// <param name="count">How many members there are.</param>
    /// <param name="now">The time.</param>
    public JoinFault? WhyClosed(int count, DateTimeOffset now) =>
        CodeExpiresAt <= now ? JoinFault.Expired : count >= Capacity ? JoinFault.Full : null;
}

public enum JoinFault
{
    Unknown,
    Expired,
    Full,
}

/// <summary>A user of a class.</summary>
public sealed class ClassMember
{
    ClassMember() { }

    public ClassMember(SchoolClass @class, User user, DateTimeOffset now)
    {
        Class = @class;
        User = user;
        JoinedAt = now;
    }

    public int ClassId { get; private set; }
    public int UserId { get; private set; }
    public SchoolClass Class { get; private set; } = null!;
    public User User { get; private set; } = null!;
    public DateTimeOffset JoinedAt { get; private set; }
}
