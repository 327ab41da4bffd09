using NsiPortal.Domain.Studies;

namespace NsiPortal.Features.Studies;

/// <param name="Towns">Those that can be chosen.</param>
/// <param name="Total">How many universities are found, on all pages.</param>
public sealed record UniversitiesViewModel(StudyQuery Query, IReadOnlyList<Town> Towns, int Page, int PageCount, int Total, IReadOnlyList<UniversityCard> Universities);

public sealed record Town(string Slug, string Name);

public sealed record UniversityCard(int Id, string Slug, string Name, string Town, int ProgrammeCount, IReadOnlyList<StudyLevel> Levels);

/// <param name="Courses">Those of the portal that lead somewhere.</param>
public sealed record SubjectsViewModel(StudyQuery Query, IReadOnlyList<CourseLink> Courses, int Page, int PageCount, int Total, IReadOnlyList<SubjectRow> Subjects);

public sealed record CourseLink(string Slug, string Title);

/// <param name="Address">Of its programme.</param>
public sealed record SubjectRow(string Name, int Semester, double Ects, string Programme, StudyLevel Level, string University, string Address, IReadOnlyList<CourseLink> Courses);

public sealed record UniversityViewModel(int Id, string Slug, string Name, string Town, string Site, IReadOnlyList<FacultySection> Faculties);

public sealed record FacultySection(int Id, string Name, IReadOnlyList<ProgrammeLine> Programmes);

public sealed record ProgrammeLine(string Slug, string Name, StudyLevel Level, string Summary, bool Illustrative, int SubjectCount);

public sealed record ProgrammeViewModel(string Slug, string Name, StudyLevel Level, string Summary, string Site, bool Illustrative, string Faculty, string UniversitySlug, string University, IReadOnlyList<SubjectPart> Subjects);

public sealed record SubjectPart(int Id, string Name, int Semester, double Ects, string Summary, IReadOnlyList<CourseLink> Courses);
