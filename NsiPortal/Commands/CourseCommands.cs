using System.CommandLine;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Data;
using NsiPortal.Exchange;
using NsiPortal.Learning;
using static NsiPortal.Exchange.Problem;

namespace NsiPortal.Commands;

/// <summary><c>course import</c> and <c>course export</c>: courses as folders.</summary>
static class CourseCommands
{
    // Somebody else has created the same course, or changes its chapters. SQLite, which has no such words, lets the second writer wait instead.
    const string UniqueViolation = "23505";
    const string Deadlock = "40P01";

    public static Command Course() => new("course", "Importe et exporte des cours sous forme de dossiers (format : docs/authoring.md).") { Import(), Export() };

    static Command Import()
    {
        var folder = new Argument<string>("DIR") { Description = "Le dossier du cours, avec cours.yml et ses chapitres." };
        var prune = new Option<bool>("--prune") { Description = "Supprime du portail les chapitres et les fichiers du cours qui ne sont pas dans le dossier." };
        var rename = new Option<bool>("--rename") { Description = "Si le cours est encore à l’adresse que donne ancienneAdresse, le déplace à la nouvelle." };
        var command = new Command("import", "Charge un dossier : crée le cours, ou amène celui de même adresse à ce que dit le dossier.") { folder, prune, rename };
        command.SetAction((parsed, cancellation) =>
            ImportAsync(parsed.GetRequiredValue(folder), parsed.GetValue(prune), parsed.GetValue(rename), cancellation));
        return command;
    }

    static Command Export()
    {
        var slug = new Argument<string>("SLUG") { Description = "L’adresse du cours : ce qui suit /cours/ dans la barre du navigateur." };
        var folder = new Argument<string>("DIR") { Description = "Le dossier où l’écrire : nouveau, vide, ou qui contient déjà ce cours." };
        var prune = new Option<bool>("--prune") { Description = "Supprime du dossier les chapitres et les fichiers que le cours n’a pas." };
        var command = new Command("export", "Écrit un cours dans un dossier, que l’import relit à l’identique.") { slug, folder, prune };
        command.SetAction((parsed, cancellation) =>
            ExportAsync(parsed.GetRequiredValue(slug), parsed.GetRequiredValue(folder), parsed.GetValue(prune), cancellation));
        return command;
    }

    static async Task<int> ImportAsync(string folder, bool prune, bool rename, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder)) return await RefuseAsync(2, $"Il n’y a pas de dossier « {Printable(folder)} » : donnez celui qui contient {FolderLayout.CourseFileName}.");
        CourseFolderReading reading;
        try
        {
            reading = await CourseFolder.ReadAsync(folder, cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return await RefuseAsync(2, $"Le dossier « {Printable(folder)} » ne peut pas être lu : vérifiez ses droits.");
        }

        foreach (var problem in reading.Problems) await Console.Error.WriteLineAsync(problem.ToString());
        if (reading.Course is null) return await RefuseAsync(1, $"Rien n’a été chargé : sans {FolderLayout.CourseFileName} correct, « {Printable(folder)} » n’est pas un cours.");

        await using var app = Program.Build([]);
        // As a process that serves: where only « migrate » changes the schema, a course does not.
        await app.Services.GetRequiredService<Preparation>().RunAsync(withDemo: false, serving: true, cancellationToken);
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(cancellationToken);
        try
        {
            var report = await app.Services.GetRequiredService<CourseImporter>().ImportAsync(db, reading, prune, rename, cancellationToken);
            Tell(report);
            if (await app.Services.GetRequiredService<Regrading>().RunAsync(report.Revised, cancellationToken) is > 0 and var regraded) Console.WriteLine($"Réponses réévaluées, à des exercices qui ont changé : {regraded}.");
            if (prune && reading.Problems.Count > 0) Console.WriteLine("Rien n’a été supprimé : ce qui n’a pas pu être lu est peut-être ce qui semble manquer.");
            else if (prune && report.FormerSlug is not null) Console.WriteLine("Rien n’a été supprimé : le cours vient de changer d’adresse. Relancez la commande si c’était le bon.");
        }
        catch (FormerCourseException former)
        {
            return await RefuseAsync(1, $"""
                Rien n’a été chargé : il n’y a pas de cours « {reading.Course.Slug} », mais « {former.FormerSlug} », que {FolderLayout.CourseFileName} donne pour son ancienne adresse, existe.
                Si c’est le même cours, relancez avec --rename : « {former.FormerSlug} » deviendra « {reading.Course.Slug} ». Sinon, ôtez ancienneAdresse de {FolderLayout.CourseFileName}.
                """);
        }
        catch (Exception fault) when (fault is DbUpdateConcurrencyException || (fault as DbException ?? fault.InnerException) is DbException { SqlState: UniqueViolation or Deadlock })
        {
            return await RefuseAsync(2, "Le cours a été modifié pendant l’import, et rien n’a été chargé : relancez la commande.");
        }
        catch (Exception fault) when (fault is DbException || fault.InnerException is DbException)
        {
            return await RefuseAsync(2, $"La base a refusé l’import, dont rien n’a été chargé à moitié : {(fault as DbException ?? fault.InnerException)!.Message}");
        }

        return reading.Problems.Count > 0 ? 1 : 0;
    }

    static async Task<int> ExportAsync(string slug, string folder, bool prune, CancellationToken cancellationToken)
    {
        await using var app = Program.Build([]);
        CourseExport? export = null;
        await app.Services.GetRequiredService<DatabaseStart>().UseAsync(async db => export = await CourseExporter.ExportAsync(db, slug, cancellationToken), cancellationToken);
        if (export is null) return await RefuseAsync(2, $"Aucun cours n’a l’adresse « {Printable(slug)} ».");

        try
        {
            var others = await ExportFolder.WriteAsync(export, folder, prune, cancellationToken);
            foreach (var path in others) Console.WriteLine($"  {(prune ? "supprimé" : "gardé, absent du cours")} : {Printable(path)}");
        }
        catch (FolderRefusedException refused)
        {
            return await RefuseAsync(2, Printable(refused.Message));
        }

        foreach (var problem in export.Problems) await Console.Error.WriteLineAsync(problem.ToString());
        Console.WriteLine($"Cours « {slug} » : {export.Files.Count} fichier(s) écrit(s) dans {Printable(folder)}.");
        return export.Problems.Count > 0 ? 1 : 0;
    }

    static void Tell(ImportReport report)
    {
        Console.WriteLine($"Cours « {report.CourseSlug} » : {Word(report.Course)}{(report.FormerSlug is { } former ? $", auparavant « {former} »" : "")}.");
        Tell("chapitre", report.Chapters);
        Tell("fichier", report.Files);
        Console.WriteLine($"Chapitres : {Summary(report.Chapters)}. Fichiers : {Summary(report.Files)}.");
    }

    static void Tell(string kind, IEnumerable<ImportedItem> items)
    {
        foreach (var item in items.Where(item => item.Outcome != ImportOutcome.Unchanged))
            Console.WriteLine($"  {kind} {Printable(item.Name)} : {Word(item.Outcome)}{(item.Outcome == ImportOutcome.Kept ? ", absent du dossier ou illisible" : item.FormerSlug is { } former ? $", auparavant {former}" : "")}");
    }

    static string Summary(IReadOnlyList<ImportedItem> items) =>
        items.Count == 0 ? "aucun" : string.Join(", ", items.CountBy(item => item.Outcome).OrderBy(count => count.Key).Select(count => $"{count.Value} {Word(count.Key)}(s)"));

    static string Word(ImportOutcome outcome) => outcome switch
    {
        ImportOutcome.Unchanged => "inchangé",
        ImportOutcome.Created => "créé",
        ImportOutcome.Changed => "modifié",
        ImportOutcome.Kept => "gardé",
        ImportOutcome.Deleted => "supprimé",
    };

    static async Task<int> RefuseAsync(int code, string reason)
    {
        await Console.Error.WriteLineAsync(reason);
        return code;
    }
}
