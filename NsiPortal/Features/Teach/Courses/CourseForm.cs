using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using NsiPortal.Domain;
using NsiPortal.Domain.Courses;
using NsiPortal.Features.Shared;

namespace NsiPortal.Features.Teach.Courses;

/// <summary>What an author says of a course.</summary>
public sealed class CourseForm
{
    public string? Titre { get; set; }

    public string? Resume { get; set; }

    public string? Niveau { get; set; }

    /// <summary>The slug; made from the title when it is left empty.</summary>
    public string? Adresse { get; set; }

    public string? Auteur { get; set; }

    public string? Licence { get; set; }

    public Level? Level => Levels.FromSlug(Niveau);

    public string SlugOrTitle => string.IsNullOrWhiteSpace(Adresse) ? Slug.From(Titre ?? "") : Adresse.Trim();

    public static CourseForm Of(Course course) => new()
    {
        Titre = course.Title, Resume = course.Summary, Niveau = course.Level.Slug(), Adresse = course.Slug, Auteur = course.Author, Licence = course.Licence,
    };

    public void Check(ModelStateDictionary state, IStringLocalizer<Texts> texts)
    {
        CheckText(state, texts, nameof(Titre), Titre, Course.MaxTitleLength, required: true);
        CheckText(state, texts, nameof(Resume), Resume, Course.MaxSummaryLength);
        CheckText(state, texts, nameof(Auteur), Auteur, Course.MaxTitleLength);
        CheckText(state, texts, nameof(Licence), Licence, Course.MaxTitleLength);
        if (Level is null) state.AddModelError(nameof(Niveau), texts["Course.LevelFault"]);
        // A title that is missing has been told.
        if (!Slug.IsValid(SlugOrTitle) && !string.IsNullOrWhiteSpace(Titre)) state.AddModelError(nameof(Adresse), texts["Slug.Fault", Slug.MaxLength]);
    }

    internal static void CheckText(ModelStateDictionary state, IStringLocalizer<Texts> texts, string name, string? text, int maximum, bool required = false)
    {
        if (required && string.IsNullOrWhiteSpace(text)) state.AddModelError(name, texts["Text.Missing"]);
        else if (text?.Trim().Length > maximum) state.AddModelError(name, texts["Text.TooLong", maximum]);
        else if (text is not null && !StorableText.Is(text)) state.AddModelError(name, texts["Text.Unreadable"]);
    }
}
