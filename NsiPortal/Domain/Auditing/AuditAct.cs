namespace NsiPortal.Domain.Auditing;

/// <summary>What an administrator can do. Stored by name: a name is for ever, their order is not.</summary>
public enum AuditAct
{
    AccountCreated,
    RoleChanged,
    AccountDisabled,
    AccountEnabled,
    PasswordReset,
    SignedOutEverywhere,
    CacheEvicted,
    CacheCleared,
    StudyCreated,
    StudyChanged,
    StudyDeleted,
    StudyMerged,
    StudiesImported,
}
