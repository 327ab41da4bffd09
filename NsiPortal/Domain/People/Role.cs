namespace NsiPortal.Domain.People;

/// <summary>Stored as numbers: their order is for ever.</summary>
public enum Role
{
    Student,
    Teacher,
    Administrator,
}
