using System.Xml.Linq;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.Courses;
using NsiPortal.Hosting;

namespace NsiPortal.Features.Home;

/// <summary>What search engines are told.</summary>
public sealed class SitemapController(PortalDbContext db, PublicAddress address) : Controller
{
    static readonly XNamespace Sitemap = "http://www.sitemaps.org/schemas/sitemap/0.9";

    [HttpGet("/sitemap.xml")]
    [SharedPage(CacheTier.Long, Tags.Courses, Tags.Universities, Tags.Programmes)]
    public async Task<IActionResult> Index(CancellationToken cancellationToken)
    {
        var courses = await db.Courses.Where(c => c.Published).OrderBy(c => c.Id)
            .Select(c => new { c.Slug, Chapters = c.Chapters.Where(ch => ch.Published).OrderBy(ch => ch.Position).Select(ch => ch.Slug).ToList() })
            .ToListAsync(cancellationToken);
        var universities = await db.Universities.OrderBy(u => u.Id).Select(u => $"/etudes/{u.Slug}").ToListAsync(cancellationToken);
        var programmes = await db.StudyProgrammes.OrderBy(p => p.Id).Select(p => $"/etudes/{p.University.Slug}/{p.Slug}").ToListAsync(cancellationToken);
        var paths = courses.SelectMany(c => c.Chapters.Select(chapter => $"/cours/{c.Slug}/{chapter}").Prepend($"/cours/{c.Slug}"));
        var contents = Programme.Contents.Select(content => $"/programme/{Programme.SlugOf(content.Code)}").Prepend("/programme");
        var urls = paths.Prepend("/cours").Prepend("/").Concat(contents).Append("/etudes").Append("/etudes/matieres").Concat(universities).Concat(programmes).Select(path => new XElement(Sitemap + "url", new XElement(Sitemap + "loc", address.Of(path))));
        return Content($"""<?xml version="1.0" encoding="utf-8"?>{"\n"}{new XElement(Sitemap + "urlset", urls)}""", "application/xml; charset=utf-8");
    }

    [HttpGet("/robots.txt")]
    [SharedPage(CacheTier.Long)]
    public IActionResult Robots() => Content($"User-agent: *\nAllow: /\nSitemap: {address.Of("/sitemap.xml")}\n", "text/plain; charset=utf-8");
}
