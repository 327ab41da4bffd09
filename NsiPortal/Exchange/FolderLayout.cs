using System.Globalization;
using NsiPortal.Domain.Courses;

namespace NsiPortal.Exchange;

/// <summary>Where things stand in the folder of a course, and the keys of its headers.</summary>
static class FolderLayout
{
    public const string CourseFileName = "cours.yml";
    public const string Figures = "figures";
    public const int MaximumNameLength = 160;
    const string Sheet = ".exercices.yml";

    public static class Keys
    {
        public const string Title = "titre";
        public const string Slug = "adresse";
        public const string FormerSlug = "ancienneAdresse";
        public const string Level = "niveau";
        public const string Summary = "resume";
        public const string Position = "position";
        public const string Contents = "contenus";
        public const string Published = "publie";
        public const string PublishAt = "publieLe";
        public const string Author = "auteur";
        public const string Licence = "licence";
    }

    static readonly Dictionary<string, string> MediaTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".webp"] = "image/webp",
        [".gif"] = "image/gif",
        [".pdf"] = "application/pdf",
        [".json"] = "application/json; charset=utf-8",
        [".sql"] = "text/plain; charset=utf-8",
        [".py"] = "text/plain; charset=utf-8",
        [".csv"] = "text/csv; charset=utf-8",
        [".txt"] = "text/plain; charset=utf-8",
    };

    /// <summary>Null for a type that courses do not have.</summary>
    public static string? MediaTypeOf(string name) => MediaTypes.GetValueOrDefault(Path.GetExtension(name));

    /// <summary>The name of a file becomes the last part of a URL, and URLs are in lower case.</summary>
    public static bool IsFileName(string name) =>
        name.Length is > 0 and <= MaximumNameLength && char.IsAsciiLetterOrDigit(name[0])
        && name.All(c => c is '-' or '_' or '.' || char.IsAsciiDigit(c) || char.IsAsciiLetterLower(c));

    /// <summary>Where the exercises of a chapter stand.</summary>
    public static string SheetOf(string chapterFileName) => Path.GetFileNameWithoutExtension(chapterFileName) + Sheet;

    public static bool IsSheet(string path) => path.EndsWith(Sheet, StringComparison.Ordinal) && !path.Contains('/', StringComparison.Ordinal);

    /// <summary>Where an exported file stands: images among the figures, the others beside the chapters.</summary>
    public static string PathOf(CourseFile file) => file.MediaType.StartsWith("image/", StringComparison.Ordinal) ? $"{Figures}/{file.Name}" : file.Name;

    /// <summary>« 03-jointures » is chapter 3, « jointures ».</summary>
    public static (int Number, string Stem) Number(string fileName)
    {
        var digits = fileName.TakeWhile(char.IsAsciiDigit).Count();
        return digits is > 0 and <= MaximumDigits && fileName.Length > digits && fileName[digits] is '-' or '_'
            ? (int.Parse(fileName.AsSpan(0, digits), CultureInfo.InvariantCulture), fileName[(digits + 1)..])
            : (0, fileName);
    }

    const int MaximumDigits = 5;

    /// <summary>The greatest number that the name of a chapter's file can carry.</summary>
    public const int MaximumNumber = 99_999;
}
