using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.People;
using NsiPortal.Exchange.Csv;
using NsiPortal.Features.Shared;
using NsiPortal.Learning;

namespace NsiPortal.Features.Teach.Classes;

/// <summary>Marks of a course, to be read or taken to a spreadsheet.</summary>
public sealed class MarksController(PortalDbContext db, ClassGrids grids, Catalogue catalogue, IStringLocalizer<Texts> texts) : ClassRouteController(db)
{
    static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    /// <param name="id">Of the class.</param>
    /// <param name="cours">The id of a course; null for one that the class follows.</param>
    /// <param name="cancellationToken">Cancels.</param>
    [HttpGet("/prof/classes/{id:int}/notes")]
    [LivePage]
    public async Task<IActionResult> Details(int id, int? cours, CancellationToken cancellationToken)
    {
        var courses = await CoursesAsync(cancellationToken);
        var course = await CourseAsync(courses, id, cours, cancellationToken);
        return View("Marks", new MarksViewModel(Class, courses, course, course is null ? null : MarkBook.Of(await grids.OfAsync(id, new GridPlace(course.CourseId, IsCourse: true), cancellationToken))));
    }

    [HttpGet("/prof/classes/{id:int}/notes.csv")]
    [LivePage]
    public async Task<IActionResult> Table(int id, int? cours, CancellationToken cancellationToken)
    {
        if (await CourseAsync(await CoursesAsync(cancellationToken), id, cours, cancellationToken) is not { } course) return NotFound();
        var book = MarkBook.Of(await grids.OfAsync(id, new GridPlace(course.CourseId, IsCourse: true), cancellationToken));
        string[] heading = [texts["Leaders.Nickname"].Value, .. book.Chapters.Select(chapter => chapter.Title), texts["Marks.Overall"].Value];
        var csv = CsvWriter.Write(book.Pupils.Select(pupil => (string[])[pupil.Nickname, .. pupil.Chapters.Select(Number), Number(pupil.Overall)]).Prepend(heading));
        return File(csv, CsvWriter.MediaType, $"notes-{Class.Id}-{course.CourseSlug}.csv");
    }

    /// <summary>As spreadsheets in French read it.</summary>
    static string Number(decimal? mark) => mark?.ToString(French) ?? "";

    async Task<IReadOnlyList<CatalogueChapter>> CoursesAsync(CancellationToken cancellationToken) =>
        [.. (await catalogue.ChaptersAsync(cancellationToken)).Where(chapter => chapter.Exercises.Any(exercise => exercise.Required)).DistinctBy(chapter => chapter.CourseId)];

    async Task<CatalogueChapter?> CourseAsync(IReadOnlyList<CatalogueChapter> courses, int id, int? cours, CancellationToken cancellationToken)
    {
        if (cours is not null) return courses.FirstOrDefault(course => course.CourseId == cours);
        var followed = await Db.ClassCourses.Where(c => c.ClassId == id).Select(c => c.CourseId).ToListAsync(cancellationToken);
        return courses.FirstOrDefault(course => followed.Contains(course.CourseId)) ?? (courses.Count > 0 ? courses[0] : null);
    }
}

/// <param name="Courses">Those that have exercises that count, each by one of its chapters.</param>
/// <param name="Course">The one that is seen; null when there is none.</param>
public sealed record MarksViewModel(SchoolClass Class, IReadOnlyList<CatalogueChapter> Courses, CatalogueChapter? Course, MarkBook? Book);
