using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.Courses;
using NsiPortal.Domain.Search;
using NsiPortal.Domain.Studies;
using NsiPortal.Features.Shared;

namespace NsiPortal.Features.Studies;

/// <summary>Where NSI leads: the universities, their programmes and the subjects that the portal's courses prepare for.</summary>
public sealed class StudiesController(PortalDbContext db) : Controller
{
    const int PageSize = 24;
    const int SubjectsPageSize = 40;

    [HttpGet("/etudes")]
    [SharedPage(CacheTier.Long, Tags.Universities, Tags.Faculties, Tags.Programmes, Query = ["q", "ville", "niveau", "page"], FreeText = true)]
    public async Task<IActionResult> Index(string? q, string? ville, string? niveau, [FromQuery(Name = "page")] string? pageNumber, CancellationToken cancellationToken)
    {
        var query = new StudyQuery("/etudes", SearchQuery.Normalize(q), SearchQuery.Normalize(ville), SearchQuery.Normalize(niveau), null);
        if (PageNumber.From(SearchQuery.Normalize(pageNumber)) is not { } page) return NotFound();
        if (!query.Is(Request.Query, "q", "ville", "niveau")) return Redirect(query.Address());
        var level = query.LevelAsked;
        if (query.Level != level?.Slug()) return NotFound();

        var towns = (await db.Universities.Select(u => u.Town).Distinct().ToListAsync(cancellationToken)).Select(town => new Town(Slug.From(town), town)).OrderBy(town => town.Slug, StringComparer.Ordinal).ToList();
        var named = towns.Where(town => town.Slug == query.Town).Select(town => town.Name).ToList();
        if (query.Town is not null && named.Count == 0) return NotFound();

        IQueryable<University> found = db.Universities;
        if (query.Town is not null) found = found.Where(u => named.Contains(u.Town));
        if (level is not null) found = found.Where(u => db.StudyProgrammes.Any(p => p.UniversityId == u.Id && p.Level == level));
        foreach (var word in PlainWords.Words(query.Words ?? "")) found = found.Where(u => u.Search.Contains(word) || db.StudyProgrammes.Any(p => p.UniversityId == u.Id && p.Search.Contains(word)));

        var total = await found.CountAsync(cancellationToken);
        var pages = Math.Max(1, (total + PageSize - 1) / PageSize);
        if (page > pages) return NotFound();
        var universities = await found.OrderBy(u => u.Search).ThenBy(u => u.Id).Skip((page - 1) * PageSize).Take(PageSize).Select(u => new { u.Id, u.Slug, u.Name, u.Town }).ToListAsync(cancellationToken);
        var ids = universities.ConvertAll(u => u.Id);
        var levels = (await db.StudyProgrammes.Where(p => ids.Contains(p.UniversityId)).GroupBy(p => new { p.UniversityId, p.Level })
            .Select(g => new { g.Key.UniversityId, g.Key.Level, Count = g.Count() }).ToListAsync(cancellationToken)).ToLookup(g => g.UniversityId);
        return View("Index", new UniversitiesViewModel(query, [.. towns.DistinctBy(town => town.Slug)], page, pages, total,
            universities.ConvertAll(u => new UniversityCard(u.Id, u.Slug, u.Name, u.Town, levels[u.Id].Sum(g => g.Count), [.. levels[u.Id].Select(g => g.Level).Order()]))));
    }

    [HttpGet("/etudes/matieres")]
    [SharedPage(CacheTier.HalfHour, Tags.Universities, Tags.Faculties, Tags.Programmes, Tags.Subjects, Tags.Courses, Query = ["q", "niveau", "cours", "page"], FreeText = true)]
    public async Task<IActionResult> Subjects(string? q, string? niveau, string? cours, [FromQuery(Name = "page")] string? pageNumber, CancellationToken cancellationToken)
    {
        var query = new StudyQuery("/etudes/matieres", SearchQuery.Normalize(q), null, SearchQuery.Normalize(niveau), SearchQuery.Normalize(cours));
        if (PageNumber.From(SearchQuery.Normalize(pageNumber)) is not { } page) return NotFound();
        if (!query.Is(Request.Query, "q", "niveau", "cours")) return Redirect(query.Address());
        var level = query.LevelAsked;
        if (query.Level != level?.Slug()) return NotFound();
        // Those that something leads from.
        var courses = await db.Courses.Where(c => c.Published && db.SubjectCourses.Any(l => l.CourseId == c.Id)).OrderBy(c => c.Level).ThenBy(c => c.Position).ThenBy(c => c.Id)
            .Select(c => new CourseLink(c.Slug, c.Title)).ToListAsync(cancellationToken);
        if (query.Course is not null && !courses.Exists(c => c.Slug == query.Course)) return NotFound();

        IQueryable<Subject> found = db.Subjects;
        if (level is not null) found = found.Where(s => s.Programme.Level == level);
        if (query.Course is not null) found = found.Where(s => s.Courses.Any(l => l.Course.Slug == query.Course));
        foreach (var word in PlainWords.Words(query.Words ?? "")) found = found.Where(s => s.Search.Contains(word) || s.Programme.Search.Contains(word) || s.Programme.University.Search.Contains(word));

        var total = await found.CountAsync(cancellationToken);
        var pages = Math.Max(1, (total + SubjectsPageSize - 1) / SubjectsPageSize);
        if (page > pages) return NotFound();
        var subjects = await found.OrderBy(s => s.Search).ThenBy(s => s.Programme.Level).ThenBy(s => s.Programme.University.Search).ThenBy(s => s.Id).Skip((page - 1) * SubjectsPageSize).Take(SubjectsPageSize)
            .Select(s => new SubjectRow(s.Name, s.Semester, s.Ects, s.Programme.Name, s.Programme.Level, s.Programme.University.Name, $"/etudes/{s.Programme.University.Slug}/{s.Programme.Slug}",
                s.Courses.Where(l => l.Course.Published).OrderBy(l => l.CourseId).Select(l => new CourseLink(l.Course.Slug, l.Course.Title)).ToList())).ToListAsync(cancellationToken);
        return View("Subjects", new SubjectsViewModel(query, courses, page, pages, total, subjects));
    }

    [HttpGet("/etudes/{university}")]
    [SharedPage(CacheTier.Long, Tags.Universities, Tags.Faculties, Tags.Programmes, Tags.Subjects)]
    public async Task<IActionResult> Details(string university, CancellationToken cancellationToken)
    {
        var shown = await db.Universities.Where(u => u.Slug == university).Select(u => new UniversityViewModel(u.Id, u.Slug, u.Name, u.Town, u.Site,
            u.Faculties.OrderBy(f => f.Search).ThenBy(f => f.Id).Select(f => new FacultySection(f.Id, f.Name,
                f.Programmes.OrderBy(p => p.Level).ThenBy(p => p.Search).ThenBy(p => p.Id).Select(p => new ProgrammeLine(p.Slug, p.Name, p.Level, p.Summary, p.Illustrative, p.Subjects.Count)).ToList())).ToList()))
            .AsSplitQuery().SingleOrDefaultAsync(cancellationToken);
        return shown is not null ? View("University", shown) : await FormerAsync(university, null, cancellationToken);
    }

    [HttpGet("/etudes/{university}/{programme}")]
    [SharedPage(CacheTier.HalfHour, Tags.Universities, Tags.Faculties, Tags.Programmes, Tags.Subjects, Tags.Courses)]
    public async Task<IActionResult> Programme(string university, string programme, CancellationToken cancellationToken)
    {
        var shown = await db.StudyProgrammes.Where(p => p.University.Slug == university && p.Slug == programme).Select(p => new ProgrammeViewModel(
            p.Slug, p.Name, p.Level, p.Summary, p.Site, p.Illustrative, p.Faculty.Name, p.University.Slug, p.University.Name,
            p.Subjects.OrderBy(s => s.Semester).ThenBy(s => s.Search).ThenBy(s => s.Id).Select(s => new SubjectPart(s.Id, s.Name, s.Semester, s.Ects, s.Summary,
                s.Courses.Where(l => l.Course.Published).OrderBy(l => l.CourseId).Select(l => new CourseLink(l.Course.Slug, l.Course.Title)).ToList())).ToList()))
            .AsSplitQuery().SingleOrDefaultAsync(cancellationToken);
        return shown is not null ? View("Programme", shown) : await FormerAsync(university, programme, cancellationToken);
    }

    /// <summary>Where the address of what was merged into another leads; a programme keeps its name below the university that took the other's place.</summary>
    async Task<IActionResult> FormerAsync(string university, string? programme, CancellationToken cancellationToken)
    {
        if (programme is not null)
        {
            var path = $"{university}/{programme}";
            var kept = await db.FormerAddresses.Where(a => a.Path == path && a.Programme != null).Select(a => $"/etudes/{a.Programme!.University.Slug}/{a.Programme.Slug}").SingleOrDefaultAsync(cancellationToken);
            if (kept is not null) return Redirect(kept);
        }

        var slug = await db.FormerAddresses.Where(a => a.Path == university && a.University != null).Select(a => a.University!.Slug).SingleOrDefaultAsync(cancellationToken);
        if (slug is null) return NotFound();
        if (programme is null) return Redirect($"/etudes/{slug}");
        return await db.StudyProgrammes.AnyAsync(p => p.University.Slug == slug && p.Slug == programme, cancellationToken) ? Redirect($"/etudes/{slug}/{programme}") : NotFound();
    }
}
