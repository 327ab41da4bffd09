using Microsoft.EntityFrameworkCore;
using NsiPortal.Accounts;
using NsiPortal.Data;
using NsiPortal.Domain.People;
using NsiPortal.Hosting;

namespace NsiPortal.Commands;

/// <summary>The administrator that <c>ADMIN_USER</c> and <c>ADMIN_PASSWORD</c> name is made while there is none at all; whoever can set them may also change the database.</summary>
sealed class FirstAdministrator(IConfiguration configuration, IServiceScopeFactory scopes, ILogger<FirstAdministrator> log)
{
    const string UserVariable = "ADMIN_USER";
    const string PasswordVariable = "ADMIN_PASSWORD";

    public async Task EnsureAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        if (configuration[UserVariable] is not { Length: > 0 } nickname) return;
        if (await db.Users.AnyAsync(u => u.Role == Role.Administrator, cancellationToken)) return;
        if (Nickname.Check(nickname) is { } unfit) throw new UnusableSettingException($"{UserVariable} : « {nickname} » ne peut pas servir de pseudo ({UserCommands.Explain(unfit)}).");
        if (Passwords.Check(configuration[PasswordVariable], nickname) is { } weak) throw new UnusableSettingException($"{PasswordVariable} : {UserCommands.Explain(weak)}.");
        await using var scope = scopes.CreateAsyncScope();
        var made = await scope.ServiceProvider.GetRequiredService<Registration>().CreateAsync(nickname, configuration[PasswordVariable]!, Role.Administrator, mustChangePassword: false, cancellationToken);
        if (made is null) throw new UnusableSettingException($"{UserVariable} : le pseudo « {nickname} » est déjà pris par un compte qui n’administre pas. Donnez-en un autre, ou : user role {nickname} administrator.");
        log.LogInformation("Made the first administrator, {Nickname}", made.Nickname);
    }
}
