using System.CommandLine;
using NsiPortal.Data;
using NsiPortal.Learning;

namespace NsiPortal.Commands;

/// <summary>Badges for the past: a new rule is new to nobody who has long fulfilled it.</summary>
static class BadgeCommands
{
    public static Command Badges() => new("badges", "Donne les badges que l’on a déjà mérités.") { Award() };

    static Command Award()
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Compte seulement, ne donne rien." };
        var command = new Command("award", "Relit ce que chaque élève a fait et donne les badges qui lui manquent. N’en reprend aucun.") { dryRun };
        command.SetAction(async (result, cancellation) =>
        {
            await using var app = Program.Build([]);
            await app.Services.GetRequiredService<DatabaseStart>().UseAsync(async _ =>
            {
                var dry = result.GetValue(dryRun);
                var given = await app.Services.GetRequiredService<BadgeAwards>().RunAsync(dry, cancellation);
                foreach (var (code, count) in given.OrderBy(badge => badge.Key, StringComparer.Ordinal)) Console.WriteLine($"{count,7}  {code}");
                Console.WriteLine($"{given.Values.Sum()} badge(s) {(dry ? "à donner" : "donné(s)")}.");
            }, cancellation);
            return 0;
        });
        return command;
    }
}
