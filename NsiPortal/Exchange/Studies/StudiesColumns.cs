using System.Globalization;
using NsiPortal.Exchange.Csv;

namespace NsiPortal.Exchange.Studies;

/// <summary>The columns of the file of studies, one line for each item that has nothing below it; found by name, in whatever order.</summary>
static class StudiesColumns
{
    public const string UniversityCode = "university_code";
    public const string University = "university";
    public const string Town = "town";
    public const string UniversitySite = "university_site";
    public const string FacultyCode = "faculty_code";
    public const string Faculty = "faculty";
    public const string ProgrammeCode = "programme_code";
    public const string Programme = "programme";
    public const string Level = "level";
    public const string ProgrammeSite = "programme_site";
    public const string Illustrative = "illustrative";
    public const string ProgrammeSummary = "programme_summary";
    public const string SubjectCode = "subject_code";
    public const string Subject = "subject";
    public const string Semester = "semester";
    public const string Ects = "ects";
    public const string SubjectSummary = "subject_summary";

    /// <summary>Slugs of courses of the portal, joined by <c>|</c>.</summary>
    public const string Courses = "courses";

    /// <summary>In the order in which they are written.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        UniversityCode, University, Town, UniversitySite, FacultyCode, Faculty, ProgrammeCode, Programme, Level, ProgrammeSite, Illustrative, ProgrammeSummary,
        SubjectCode, Subject, Semester, Ects, SubjectSummary, Courses,
    ];

    /// <summary>« 2,5 » in France, « 2.5 » elsewhere.</summary>
    public static double? Number(string text) =>
        double.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static int? Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static string Text(double number) => number.ToString(CultureInfo.InvariantCulture).Replace('.', ',');

    public static bool? Flag(string text) => text.ToUpperInvariant() switch
    {
        "" or "NON" or "NO" or "FALSE" or "0" => false,
        "OUI" or "YES" or "TRUE" or "1" => true,
        _ => null,
    };

    public static string Text(bool flag) => flag ? "oui" : "non";
}

/// <summary>A line of the file, by the names of its columns.</summary>
sealed class StudiesLine(CsvRecord record, IReadOnlyDictionary<string, int> columns)
{
    public int Number => record.Line;

    public string this[string column] => record[columns.GetValueOrDefault(column, -1)];

    /// <summary>What stands there, or <paramref name="otherwise"/> where the file has no such column.</summary>
    public string Or(string column, string? otherwise) => columns.ContainsKey(column) ? this[column] : otherwise ?? "";

    public bool Has(string column) => columns.ContainsKey(column);
}
