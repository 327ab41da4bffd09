namespace NsiPortal.Domain.People;

/// <summary>A colleague who teaches a class beside its owner, and may do all that the owner does, but for handing it over.</summary>
public sealed class ClassTeacher
{
    ClassTeacher() { }

    public ClassTeacher(int classId, int userId) => (ClassId, UserId) = (classId, userId);

    public int ClassId { get; private set; }
    public int UserId { get; private set; }
    public User User { get; private set; } = null!;
}
