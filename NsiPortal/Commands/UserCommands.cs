using System.CommandLine;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Accounts;
using NsiPortal.Data;
using NsiPortal.Domain.Auditing;
using NsiPortal.Domain.People;

namespace NsiPortal.Commands;

/// <summary>Accounts and classes from the command line: how a portal gets its first teachers.</summary>
static class UserCommands
{
    static readonly Dictionary<string, Role> Roles = new(StringComparer.OrdinalIgnoreCase)
    {
        ["student"] = Role.Student, ["eleve"] = Role.Student, ["teacher"] = Role.Teacher, ["prof"] = Role.Teacher, ["administrator"] = Role.Administrator, ["admin"] = Role.Administrator,
    };

    public static Command User() => new("user", "Crée des comptes, change leur rôle ou leur mot de passe.") { Create(), ResetPassword(), ChangeRole(), Disable(disabled: true), Disable(disabled: false) };

    public static Command Class() => new("class", "Crée des classes.") { CreateClass() };

    internal static string Explain(NicknameFault fault) => fault switch
    {
        NicknameFault.TooShort => $"moins de {Nickname.MinLength} caractères",
        NicknameFault.TooLong => $"plus de {Nickname.MaxLength} caractères",
        NicknameFault.Characters => "seuls lettres latines, chiffres, espaces, traits d’union, points et tirets bas",
        NicknameFault.Offensive => "blessant",
        NicknameFault.Reserved => "réservé",
    };

    internal static string Explain(PasswordFault fault) => fault switch
    {
        PasswordFault.TooShort => $"il faut un mot de passe d’au moins {Passwords.MinLength} caractères",
        PasswordFault.TooLong => $"un mot de passe a au plus {Passwords.MaxLength} caractères",
        PasswordFault.Common => "tout le monde essaierait ce mot de passe",
        PasswordFault.Nickname => "le mot de passe contient le pseudo",
    };

    static Argument<string> NicknameArgument() => new("PSEUDO") { Description = "Ce avec quoi on se connecte." };

    static Option<Role> RoleOption() => new("--role")
    {
        Description = "student, teacher ou administrator.",
        DefaultValueFactory = _ => Role.Student,
        CustomParser = result => ParseRole(result.Tokens.Single().Value, result.AddError),
    };

    static Role ParseRole(string text, Action<string> refuse)
    {
        if (Roles.TryGetValue(text, out var role)) return role;
        refuse($"« {text} » n’est ni student, ni teacher, ni administrator.");
        return default;
    }

    static Command Create()
    {
        var (nickname, role) = (NicknameArgument(), RoleOption());
        var command = new Command("create", "Crée un compte. Le mot de passe, écrit une seule fois ici, est à changer à la première connexion.") { nickname, role };
        command.SetAction((result, cancellation) => WithAccountsAsync(async (services, _) =>
        {
            var given = result.GetRequiredValue(nickname);
            if (Nickname.Check(given) is { } unfit) return Refuse($"« {given} » ne peut pas servir de pseudo : {Explain(unfit)}.");
            var password = Passwords.New();
            var made = await services.GetRequiredService<Registration>().CreateAsync(given, password, result.GetRequiredValue(role), mustChangePassword: true, cancellation, Actor.CommandLine);
            if (made is null) return Refuse($"Le pseudo « {given} » est déjà pris, ou ressemble trop à un autre.");
            Console.WriteLine($"{made.Nickname}  {password}");
            return 0;
        }, cancellation));
        return command;
    }

    static Command ResetPassword()
    {
        var nickname = NicknameArgument();
        var command = new Command("reset-password", "Donne un nouveau mot de passe, à changer à la première connexion, et déconnecte partout.") { nickname };
        command.SetAction((result, cancellation) => WithUserAsync(result.GetRequiredValue(nickname), async (administration, user) =>
        {
            Console.WriteLine($"{user.Nickname}  {await administration.ResetPasswordAsync(Actor.CommandLine, user, cancellation)}");
            return 0;
        }, cancellation));
        return command;
    }

    static Command ChangeRole()
    {
        var nickname = NicknameArgument();
        var role = new Argument<Role>("ROLE") { Description = "student, teacher ou administrator.", CustomParser = result => ParseRole(result.Tokens.Single().Value, result.AddError) };
        var command = new Command("role", "Change le rôle ; il vaut dès la prochaine page.") { nickname, role };
        command.SetAction((result, cancellation) => WithUserAsync(result.GetRequiredValue(nickname), async (administration, user) =>
        {
            if (!await administration.BecomeAsync(Actor.CommandLine, user, result.GetRequiredValue(role), cancellation)) return Refuse(OnlyAdministrator(user));
            Console.WriteLine($"{user.Nickname} : {user.Role}.");
            return 0;
        }, cancellation));
        return command;
    }

    static Command Disable(bool disabled)
    {
        var nickname = NicknameArgument();
        var command = new Command(disabled ? "disable" : "enable", disabled ? "Ferme un compte : plus aucune page dès la prochaine." : "Rouvre un compte.") { nickname };
        command.SetAction((result, cancellation) => WithUserAsync(result.GetRequiredValue(nickname), async (administration, user) =>
        {
            if (!disabled) await administration.EnableAsync(Actor.CommandLine, user, cancellation);
            else if (!await administration.DisableAsync(Actor.CommandLine, user, cancellation)) return Refuse(OnlyAdministrator(user));
            Console.WriteLine(disabled ? $"{user.Nickname} ne peut plus se connecter." : $"{user.Nickname} peut de nouveau se connecter.");
            return 0;
        }, cancellation));
        return command;
    }

    static Command CreateClass()
    {
        var name = new Argument<string>("NOM") { Description = "Le nom de la classe, entre guillemets s’il a des espaces." };
        var teacher = new Option<string>("--teacher") { Required = true, Description = "Le pseudo du professeur." };
        var command = new Command("create", "Crée une classe et écrit le code avec lequel ses élèves s’inscrivent.") { name, teacher };
        command.SetAction((result, cancellation) => WithAccountsAsync(async (services, db) =>
        {
            if (SchoolClass.NameOf(result.GetRequiredValue(name)) is not { } given) return Refuse($"Le nom d’une classe a de 1 à {SchoolClass.MaxNameLength} caractères.");
            var key = Nickname.KeyOf(result.GetRequiredValue(teacher));
            var owner = await db.Users.SingleOrDefaultAsync(u => u.NicknameKey == key && u.Role != Role.Student, cancellation);
            if (owner is null) return Refuse($"Aucun professeur ne s’appelle « {result.GetRequiredValue(teacher)} ». Pour en créer un : user create PSEUDO --role teacher.");
            var code = JoinCode.New();
            db.Classes.Add(new SchoolClass(given, owner.Id, code, services.GetRequiredService<TimeProvider>().GetUtcNow()));
            await db.SaveChangesAsync(cancellation);
            Console.WriteLine($"{given}  {code}");
            return 0;
        }, cancellation));
        return command;
    }

    static string OnlyAdministrator(User user) => $"{user.Nickname} est le seul administrateur : donnez d’abord ce rôle à quelqu’un d’autre.";

    static int Refuse(string reason)
    {
        Console.Error.WriteLine(reason);
        return 1;
    }

    static Task<int> WithUserAsync(string nickname, Func<UserAdministration, User, Task<int>> act, CancellationToken cancellationToken) => WithAccountsAsync(async (services, _) =>
    {
        var user = await services.GetRequiredService<UserManager<User>>().FindByNameAsync(nickname);
        return user is null ? Refuse($"Personne ne s’appelle « {nickname} ».") : await act(services.GetRequiredService<UserAdministration>(), user);
    }, cancellationToken);

    /// <summary>With services and a context that are one request's.</summary>
    static async Task<int> WithAccountsAsync(Func<IServiceProvider, PortalDbContext, Task<int>> act, CancellationToken cancellationToken)
    {
        await using var app = Program.Build([]);
        var code = 0;
        await app.Services.GetRequiredService<DatabaseStart>().UseAsync(async _ =>
        {
            await using var scope = app.Services.CreateAsyncScope();
            code = await act(scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<PortalDbContext>());
        }, cancellationToken);
        return code;
    }
}
