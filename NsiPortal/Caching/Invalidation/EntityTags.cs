using Microsoft.EntityFrameworkCore.Metadata;
using NsiPortal.Domain.Auditing;
using NsiPortal.Domain.Courses;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.Learning;
using NsiPortal.Domain.People;
using NsiPortal.Domain.Search;
using NsiPortal.Domain.Studies;

namespace NsiPortal.Caching.Invalidation;

/// <summary>
/// The table of evictions: which tags each entity may touch, and which it touches in a given change. Only published columns count: a draft
/// evicts no public page. Rows name their pages by immutable ids, before and after the change.
/// </summary>
/// <param name="Templates">Every tag that <paramref name="Collect"/> may give, as pages declare it.</param>
sealed record EntityTags(IReadOnlyList<string> Templates, Action<Change, HashSet<string>> Collect)
{
    /// <summary>The name of the rows that say which chapter covers which content of the programme.</summary>
    public const string ChapterContents = "ChapterContents";

    static readonly EntityTags Nothing = new([], (_, _) => { });

    static readonly EntityTags OfUser = new([Tags.User], (row, tags) => tags.UnionWith(row.Values<int>("UserId").Select(Tags.OfUser)));

    static readonly EntityTags OfWork = new([Tags.Class, Tags.Classes], (row, tags) =>
    {
        tags.UnionWith(row.Values<int>("ClassId").Select(Tags.OfClass));
        tags.Add(Tags.Classes);
    });
    static EntityTags Always(string tag) => new([tag], (_, tags) => tags.Add(tag));

    static readonly Dictionary<string, EntityTags> All = new()
    {
        [typeof(Course).FullName!] = new([Tags.Course, Tags.Courses, Tags.Search, Tags.Routes], (course, tags) =>
        {
            if (course.Touches(nameof(Course.Slug))) tags.Add(Tags.Routes);
            if (!course.Has(nameof(Course.Published))) return;
            if (!course.Touches(nameof(Course.Slug), nameof(Course.Title), nameof(Course.Summary), nameof(Course.Level), nameof(Course.Position),
                    nameof(Course.Author), nameof(Course.Licence), nameof(Course.Published))) return;
            tags.Add(Tags.Courses);
            if (course.Touches(nameof(Course.Slug), nameof(Course.Title), nameof(Course.Published))) tags.Add(Tags.Search);
            tags.UnionWith(course.Values<int>(nameof(Course.Id)).Select(Tags.OfCourse));
        }),

        [typeof(Chapter).FullName!] = new([Tags.Chapter, Tags.Course, Tags.Courses, Tags.Search, Tags.Routes], (chapter, tags) =>
        {
            if (chapter.Touches(nameof(Chapter.Slug), nameof(Chapter.CourseId))) tags.Add(Tags.Routes);
            if (!chapter.Has(nameof(Chapter.Published))) return;

            if (chapter.Touches(nameof(Chapter.Slug), nameof(Chapter.Title), nameof(Chapter.CourseId), nameof(Chapter.Published), nameof(Chapter.Html), nameof(Chapter.TableOfContents)))
                tags.Add(Tags.Search);

            // What lists and neighbours show of a chapter; the rest is on its own page only.
            if (chapter.Touches(nameof(Chapter.Slug), nameof(Chapter.Title), nameof(Chapter.Summary), nameof(Chapter.Position),
                    nameof(Chapter.CourseId), nameof(Chapter.Published), nameof(Chapter.ReadingMinutes)))
            {
                tags.Add(Tags.Courses);
                tags.UnionWith(chapter.Values<int>(nameof(Chapter.CourseId)).Select(Tags.OfCourse));
                tags.UnionWith(chapter.Values<int>(nameof(Chapter.Id)).Select(Tags.OfChapter));
            }
            else if (chapter.Touches(nameof(Chapter.Html), nameof(Chapter.TableOfContents)))
            {
                tags.UnionWith(chapter.Values<int>(nameof(Chapter.Id)).Select(Tags.OfChapter));
                // The glossary shows what letters mean, and the page of the course whether there is one.
                var texts = chapter.Values<string>(nameof(Chapter.Html)).ToList();
                if (!Abbreviation.In(texts[0]).SetEquals(Abbreviation.In(texts[^1]))) tags.UnionWith(chapter.Values<int>(nameof(Chapter.CourseId)).Select(Tags.OfCourse));
            }
        }),

        [ChapterContents] = new([Tags.Chapter, Tags.Exercises], (row, tags) =>
        {
            tags.UnionWith(row.Values<int>("ChapterId").Select(Tags.OfChapter));
            tags.Add(Tags.Exercises);
        }),

        // Only its authors' own pages show them.
        [typeof(CourseAuthor).FullName!] = Nothing,
        [typeof(ChapterDraft).FullName!] = Nothing,
        [typeof(ChapterRevision).FullName!] = Nothing,

        [typeof(CourseFile).FullName!] = new([Tags.Course], (file, tags) =>
        {
            // A new file replaces nothing that was ever shown, and what an image says stands in the chapters.
            if (!file.Added && file.Touches(nameof(CourseFile.Name), nameof(CourseFile.MediaType), nameof(CourseFile.Hash))) tags.UnionWith(file.Values<int>(nameof(CourseFile.CourseId)).Select(Tags.OfCourse));
        }),

        [typeof(OldSlug).FullName!] = new([Tags.Routes], (_, tags) => tags.Add(Tags.Routes)),

        [typeof(Exercise).FullName!] = new([Tags.Chapter, Tags.Exercises, Tags.Search], (exercise, tags) =>
        {
            // Nobody reads it yet, and its publication evicts all that will show it: who writes exercises has locked the course, as who publishes does.
            if (!exercise.OwnerMayHave(nameof(Exercise.Chapter), nameof(Chapter.Published))) return;
            tags.UnionWith(exercise.Values<int>(nameof(Exercise.ChapterId)).Select(Tags.OfChapter));
            if (exercise.Touches(nameof(Exercise.Number), nameof(Exercise.Title), nameof(Exercise.Content))) tags.Add(Tags.Search);
            if (exercise.Touches(nameof(Exercise.Number), nameof(Exercise.Title), nameof(Exercise.Points), nameof(Exercise.Required), nameof(Exercise.Kind), nameof(Exercise.MaximumTries))) tags.Add(Tags.Exercises);
        }),

        [typeof(User).FullName!] = new([Tags.User, Tags.Leaderboard], (user, tags) =>
        {
            // Not what counts failed sign-ins, which is on no page.
            if (!user.Added && user.Touches(nameof(User.SecurityStamp), nameof(User.Role), nameof(User.Disabled), nameof(User.LockedUntil), nameof(User.Nickname),
                    nameof(User.Avatar), nameof(User.ShownToAll), nameof(User.MustChangePassword))) tags.UnionWith(user.Values<int>(nameof(User.Id)).Select(Tags.OfUser));
            if (!user.Added && user.Touches(nameof(User.Nickname), nameof(User.Avatar), nameof(User.Disabled), nameof(User.ShownToAll))) tags.Add(Tags.Leaderboard);
        }),

        [typeof(SchoolClass).FullName!] = new([Tags.Class, Tags.Classes], (schoolClass, tags) =>
        {
            tags.UnionWith(schoolClass.Values<int>(nameof(SchoolClass.Id)).Select(Tags.OfClass));
            // A new one is nobody's yet.
            if (!schoolClass.Added && schoolClass.Touches(nameof(SchoolClass.Name), nameof(SchoolClass.ArchivedAt))) tags.Add(Tags.Classes);
        }),

        [typeof(ClassTeacher).FullName!] = new([Tags.Class], (teacher, tags) => tags.UnionWith(teacher.Values<int>(nameof(ClassTeacher.ClassId)).Select(Tags.OfClass))),

        [typeof(ClassCourse).FullName!] = OfWork,
        [typeof(DueDate).FullName!] = OfWork,

        [typeof(ClassMember).FullName!] = new([Tags.Class, Tags.User], (member, tags) =>
        {
            tags.UnionWith(member.Values<int>(nameof(ClassMember.ClassId)).Select(Tags.OfClass));
            tags.UnionWith(member.Values<int>(nameof(ClassMember.UserId)).Select(Tags.OfUser));
        }),

        [typeof(CorrectionRelease).FullName!] = new([Tags.Class], (release, tags) => tags.UnionWith(release.Values<int>(nameof(CorrectionRelease.ClassId)).Select(Tags.OfClass))),

        [typeof(Attempt).FullName!] = new([Tags.User], (attempt, tags) =>
            tags.UnionWith(attempt.Values<int?>(nameof(Attempt.UserId)).OfType<int>().Select(Tags.OfUser))),

        [typeof(ExerciseProgress).FullName!] = OfUser,
        [typeof(XpEvent).FullName!] = OfUser,
        [typeof(DailyActivity).FullName!] = OfUser,
        [typeof(EarnedBadge).FullName!] = OfUser,

        // Only its own form shows it.
        [typeof(AnswerDraft).FullName!] = Nothing,

        // It follows its chapter, whose change evicts what search shows; only a new way of indexing changes it alone.
        [typeof(SearchText).FullName!] = new([Tags.Search], (text, tags) =>
        {
            if (!text.Added && text.Touches(nameof(SearchText.Version))) tags.Add(Tags.Search);
        }),

        // A live page shows it.
        [typeof(AuditEntry).FullName!] = Nothing,

        // Leaderboards are bounded: what is gained shows when they are made again.
        [typeof(Standing).FullName!] = new([Tags.User, Tags.Leaderboard], (standing, tags) => tags.UnionWith(standing.Values<int>(nameof(Standing.UserId)).Select(Tags.OfUser))),

        [typeof(ProgrammeContent).FullName!] = Always(Tags.Programme),

        [typeof(University).FullName!] = Always(Tags.Universities),
        [typeof(Faculty).FullName!] = Always(Tags.Faculties),
        [typeof(StudyProgramme).FullName!] = Always(Tags.Programmes),
        [typeof(Subject).FullName!] = Always(Tags.Subjects),
        [typeof(SubjectCourse).FullName!] = Always(Tags.Subjects),

        // It redirects, and redirections are not kept.
        [typeof(FormerAddress).FullName!] = Nothing,
    };

    /// <summary>The rule of an entity. Every entity has one, which a test keeps; one that has none is an error of ours, told at once.</summary>
    public static EntityTags Of(IReadOnlyTypeBase entity) =>
        All.TryGetValue(entity.Name, out var rule) ? rule
        : entity.ClrType.IsDefined(typeof(OnNoPageAttribute), inherit: false) ? Nothing
        : throw new InvalidOperationException($"{entity.DisplayName()} has no rule in {nameof(EntityTags)}.");

    /// <summary>Whether pages can depend on the entity at all.</summary>
    public static bool Knows(IReadOnlyTypeBase entity) => All.ContainsKey(entity.Name);
}
