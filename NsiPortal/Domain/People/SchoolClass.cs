namespace NsiPortal.Domain.People;

/// <summary>The pupils that a teacher follows; they join with a code.</summary>
public sealed class SchoolClass
{
    readonly List<ClassMember> members = [];
    readonly List<ClassTeacher> teachers = [];

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
    public const int MaxCapacity = 500;

    public int Id { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>Its owner, who alone may hand it over.</summary>
    public int TeacherId { get; private set; }

    /// <summary>See <see cref="JoinCode"/>; unique.</summary>
    public string Code { get; private set; } = "";

    /// <summary>Nobody joins from then on (UTC); null for no end.</summary>
    public DateTimeOffset? CodeExpiresAt { get; private set; }

    public int Capacity { get; private set; } = DefaultCapacity;
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>The year is over: nobody joins any more, and its work is asked of nobody. Pupils keep what they did.</summary>
    public DateTimeOffset? ArchivedAt { get; private set; }

    public IReadOnlyList<ClassMember> Members => members;

    /// <summary>Those who teach it beside its owner.</summary>
    public IReadOnlyList<ClassTeacher> Teachers => teachers;

    public bool Archived => ArchivedAt is not null;

    /// <summary>As it is stored; null when it cannot be a name.</summary>
    public static string? NameOf(string? typed) =>
        typed?.Trim() is { Length: > 0 and <= MaxNameLength } name && StorableText.Is(name) && !name.Any(char.IsControl) ? name : null;

    public void Rename(string name) => Name = NameOf(name) ?? throw new ArgumentException($"A class has a name of at most {MaxNameLength} characters.", nameof(name));

    public void Limit(int capacity) => Capacity = capacity is > 0 and <= MaxCapacity ? capacity : throw new ArgumentOutOfRangeException(nameof(capacity));

    /// <summary>Who knows the former code cannot join any more.</summary>
    public void Renew(JoinCode code, DateTimeOffset? expiresAt)
    {
        Code = code.Text;
        CodeExpiresAt = expiresAt;
    }

    /// <summary>The code stays, and lets people in until then; for ever when it is null.</summary>
    public void ExpireAt(DateTimeOffset? expiresAt) => CodeExpiresAt = expiresAt;

    public void Archive(DateTimeOffset now) => ArchivedAt ??= now;

    public void TakeBack() => ArchivedAt = null;

    /// <summary>One of its teachers owns it from now on; the former owner goes on teaching it.</summary>
    public void HandOver(int teacherId)
    {
        var heir = teachers.Find(t => t.UserId == teacherId) ?? throw new ArgumentException("Only who teaches the class can own it.", nameof(teacherId));
        teachers.Remove(heir);
        teachers.Add(new ClassTeacher(Id, TeacherId));
        TeacherId = teacherId;
    }

    /// <param name="count">How many members there are.</param>
    /// <param name="now">The time.</param>
    public JoinFault? WhyClosed(int count, DateTimeOffset now) =>
        Archived ? JoinFault.Archived : CodeExpiresAt <= now ? JoinFault.Expired : count >= Capacity ? JoinFault.Full : null;
}

public enum JoinFault
{
    Unknown,
    Expired,
    Full,
    Archived,
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

    /// <summary>Back into a class that they were taken out of, as if they had never left.</summary>
    public ClassMember(int classId, int userId, DateTimeOffset joinedAt) => (ClassId, UserId, JoinedAt) = (classId, userId, joinedAt);

    public int ClassId { get; private set; }
    public int UserId { get; private set; }
    public SchoolClass Class { get; private set; } = null!;
    public User User { get; private set; } = null!;
    public DateTimeOffset JoinedAt { get; private set; }
}
