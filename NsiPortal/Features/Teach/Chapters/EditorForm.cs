using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using NsiPortal.Domain;
using NsiPortal.Domain.Courses;
using NsiPortal.Features.Shared;

namespace NsiPortal.Features.Teach.Chapters;

/// <summary>What an author has typed, and what they began from.</summary>
public sealed class EditorForm
{
    public string? Titre { get; set; }

    public string? Resume { get; set; }

    public string? Texte { get; set; }

    /// <summary>The open page that sends it.</summary>
    public Guid? Page { get; set; }

    /// <summary>The stamp of the draft that it began from; null when there was none.</summary>
    public Guid? Etat { get; set; }

    /// <summary>The revision of the chapter at that moment.</summary>
    public int? Revision { get; set; }

    public string? Note { get; set; }

    /// <summary>When readers are to see it.</summary>
    public string? Quand { get; set; }

    public string Title => (Titre ?? "").Trim();

    public string Summary => (Resume ?? "").Trim();

    public string Markdown => (Texte ?? "").ReplaceLineEndings("\n");

    public bool Says(string title, string summary, string markdown) => (Title, Summary, Markdown) == (title, summary, markdown);

    /// <param name="complete">Whether nothing may be missing that readers need.</param>
    public void Check(ModelStateDictionary state, IStringLocalizer<Texts> texts, bool complete)
    {
        if (Page is null || Revision is null) state.AddModelError("", texts["Editor.Broken"]);
        CheckText(nameof(Titre), Title, Course.MaxTitleLength);
        CheckText(nameof(Resume), Summary, Course.MaxSummaryLength);
        CheckText(nameof(Texte), Markdown, ChapterDraft.MaxMarkdownLength);
        CheckText(nameof(Note), Note ?? "", ChapterRevision.MaxNoteLength);
        if (complete && Title.Length == 0) state.AddModelError(nameof(Titre), texts["Text.Missing"]);
        if (complete && string.IsNullOrWhiteSpace(Markdown)) state.AddModelError(nameof(Texte), texts["Editor.Empty"]);

        void CheckText(string name, string text, int maximum)
        {
            if (text.Length > maximum) state.AddModelError(name, texts["Text.TooLong", maximum]);
            else if (!StorableText.Is(text)) state.AddModelError(name, texts["Text.Unreadable"]);
        }
    }
}
