namespace NsiPortal.Domain.People;

/// <summary>Somebody with an account. There is no e-mail address, no name and no birth date: pupils are minors.</summary>
public sealed class User
{
    readonly List<ClassMember> memberships = [];

    User() { }

    public User(string nickname, Role role, DateTimeOffset now)
    {
        Rename(nickname);
        Role = role;
        CreatedAt = now;
    }

    public int Id { get; private set; }
    public string Nickname { get; private set; } = "";

    /// <summary><see cref="People.Nickname.KeyOf"/>; unique.</summary>
    public string NicknameKey { get; private set; } = "";

    public Role Role { get; private set; }
    public bool Disabled { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>One of <see cref="Avatars"/>.</summary>
    public string Avatar { get; private set; } = Avatars.Default;

    /// <summary>Whether others than the members of the user's classes see them on leaderboards.</summary>
    public bool ShownToAll { get; private set; }

    /// <summary>One of <see cref="Preferences.Languages"/>; null for who has not chosen.</summary>
    public string? Language { get; private set; }

    /// <summary>One of <see cref="Preferences.Themes"/>; null for who has not chosen.</summary>
    public string? Theme { get; private set; }

    public string? PasswordHash { get; set; }

    /// <summary>Changes with everything that must sign the user out: password, role, disabling, « everywhere else too ».</summary>
    public string SecurityStamp { get; set; } = "";

    public int FailedSignIns { get; set; }
    public DateTimeOffset? LockedUntil { get; set; }

    /// <summary>The password was chosen by somebody else.</summary>
    public bool MustChangePassword { get; set; }

    public IReadOnlyList<ClassMember> Memberships => memberships;

    public void Rename(string nickname)
    {
        if (People.Nickname.Check(nickname) is { } fault) throw new ArgumentException($"The nickname cannot be used: {fault}.", nameof(nickname));
        Nickname = People.Nickname.Tidy(nickname);
        NicknameKey = People.Nickname.KeyOf(nickname);
    }

    public void ChooseAvatar(string avatar) => Avatar = Avatars.All.Contains(avatar) ? avatar : throw new ArgumentException("There is no such avatar.", nameof(avatar));

    public void Prefer(string language, string theme)
    {
        Language = Preferences.Languages.Contains(language) ? language : throw new ArgumentException("There is no such language.", nameof(language));
        Theme = Preferences.Themes.Contains(theme) ? theme : throw new ArgumentException("There is no such theme.", nameof(theme));
    }

    public void ShowToAll(bool shown) => ShownToAll = shown;

    public void Become(Role role)
    {
        Role = role;
        SignOutEverywhere();
    }

    public void Disable()
    {
        Disabled = true;
        SignOutEverywhere();
    }

    public void Enable() => Disabled = false;

    public void SignOutEverywhere() => SecurityStamp = Guid.NewGuid().ToString("n");
}
