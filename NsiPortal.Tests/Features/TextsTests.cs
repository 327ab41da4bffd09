using System.Text.RegularExpressions;
using System.Xml.Linq;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using NsiPortal.Accounts;
using NsiPortal.Caching.Monitoring;
using NsiPortal.Domain.Auditing;
using NsiPortal.Domain.Badges;
using NsiPortal.Domain.Courses;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.People;
using NsiPortal.Domain.Studies;
using NsiPortal.Exchange.Studies;
using NsiPortal.Features.Shared;
using NsiPortal.Learning;
using NsiPortal.Support;

namespace NsiPortal.Features;

/// <summary>Every word that a reader sees comes from <c>Texts.resx</c>, every text there is used, and <c>Texts.en.resx</c> has it in English.</summary>
public sealed partial class TextsTests
{
    static string Features => Path.Combine(Repository.Root, "NsiPortal", "Features");

    /// <summary>The interface, and what it says of files and exercises.</summary>
    public static TheoryData<string> Resources { get; } = [Interface, "Exchange/Faults"];

    const string Interface = "Features/Shared/Texts";

    static Dictionary<string, string> Texts { get; } = Read($"{Interface}.resx").ToDictionary();

    static Dictionary<string, string> English { get; } = Read($"{Interface}.en.resx").ToDictionary();

    static IEnumerable<KeyValuePair<string, string>> Read(string file) => XDocument.Load(Path.Combine(Repository.Root, "NsiPortal", file))
        .Root!.Elements("data").Select(d => KeyValuePair.Create(d.Attribute("name")!.Value, d.Element("value")!.Value));

    [Fact]
    public void Every_text_that_is_asked_for_exists_and_no_other()
    {
        var sources = Directory.EnumerateFiles(Features, "*.cs*", SearchOption.AllDirectories).Select(File.ReadAllText).ToList();
        var asked = sources.SelectMany(Patterns).ToList();

        Assert.NotEmpty(asked);
        Assert.Equal([], asked.Where(pattern => !Texts.Keys.Any(pattern.IsMatch)).Select(pattern => $"{pattern} is in no text"));
        Assert.Equal([], Texts.Keys.Where(key => !asked.Exists(pattern => pattern.IsMatch(key)) && !sources.Exists(source => IsNamed(source, key))).Select(key => $"{key} is asked for nowhere"));
    }

    [Fact]
    public void Every_level_and_every_error_has_its_texts()
    {
        string[] errors = ["400", "403", "404", "409", "413", "429", "500", "503", "NotKept", "NotRead", "Stale", "Other"];
        var expected = Levels.All.SelectMany(level => new[] { $"Level.{level}", $"Level.{level}.Long" })
            .Concat(errors.SelectMany(error => new[] { $"Error.{error}.Title", $"Error.{error}.Text", $"Error.{error}.Next" }));

        Assert.Empty(expected.Except(Texts.Keys));
        Assert.Equal(errors.Length, errors.Select(error => Texts[$"Error.{error}.Title"]).Distinct().Count());
    }

    [Fact]
    public void Every_badge_has_a_name_of_its_own_and_says_how_it_is_earned()
    {
        var expected = BadgeList.All.SelectMany(badge => new[] { $"Badge.{badge.Code}.Name", $"Badge.{badge.Code}.Text" });

        Assert.Equal(expected.Order(StringComparer.Ordinal), Texts.Keys.Where(key => key.StartsWith("Badge.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(BadgeList.All.Count, BadgeList.All.Select(badge => Texts[$"Badge.{badge.Code}.Name"]).Distinct().Count());
        // What there is to do, whoever reads it.
        Assert.All(BadgeList.All, badge => Assert.Matches(@"^\w+(er|ir|re) .*\.$", Texts[$"Badge.{badge.Code}.Text"]));
    }

    [Fact]
    public void Everything_that_can_be_said_of_an_answer_or_of_a_form_has_its_text()
    {
        var expected = Names<Refusal>("Refusal").Concat(Names<Outcome>("Outcome")).Concat(Names<Outcome>("Verdict")).Concat(Names<ExerciseKind>("Kind"))
            .Concat(Names<NicknameFault>("Nickname")).Concat(Names<RegistrationFault>("Registration")).Concat(Names<DeletionFault>("Profile")).Concat(Names<AuditAct>("Act")).Concat(Names<StudyLevel>("StudyLevel")).Concat(Names<StudyKind>("StudyKind")).Concat(Names<StudyFaultKind>("StudyFault")).Concat(Names<Role>("Role")).Concat(Names<Role>("Dashboard")).Concat(Names<ReplicaState>("Replica"))
            .Concat(Names<RosterState>("Roster")).Concat(Names<ScheduledTimeFault>("Schedule")).Concat(Names<FileFault>("StudyImport"))
            .Concat(new[] { "New", "ToReview", "Solved", "Waiting", "Tried" }.Select(state => $"State.{state}"));
        Assert.Empty(expected.Except(Texts.Keys));

        static IEnumerable<string> Names<T>(string prefix) where T : struct, Enum => Enum.GetNames<T>().Select(name => $"{prefix}.{name}");
    }

    [Theory, MemberData(nameof(Resources))]
    public void French_typography_keeps_signs_with_their_words(string resource)
    {
        Assert.Empty(Read($"{resource}.resx").Where(text => LooseSign().IsMatch(text.Value)).Select(text => text.Key));
    }

    [Theory, MemberData(nameof(Resources))]
    public void Every_text_is_in_both_languages_at_the_same_place(string resource)
    {
        Assert.Equal(Read($"{resource}.resx").Select(text => text.Key), Read($"{resource}.en.resx").Select(text => text.Key));
        Assert.Empty(Read($"{resource}.en.resx").Where(text => string.IsNullOrWhiteSpace(text.Value)).Select(text => text.Key));
    }

    /// <summary>In any order, but each as often and in the same format: what a text is about does not depend on its language.</summary>
    [Theory, MemberData(nameof(Resources))]
    public void Both_languages_say_the_same_values(string resource)
    {
        var english = Read($"{resource}.en.resx").ToDictionary();
        Assert.Equal([], Read($"{resource}.resx").Where(text => !Holes(text.Value).SequenceEqual(Holes(english[text.Key]))).Select(text => $"{text.Key}: {text.Value} / {english[text.Key]}"));

        static IEnumerable<string> Holes(string text) => Hole().Matches(text).Select(hole => hole.Value).Order(StringComparer.Ordinal);
    }

    [Theory, MemberData(nameof(Resources))]
    public void English_typography_sets_no_space_before_signs_and_has_its_own_quotes(string resource)
    {
        var english = Read($"{resource}.en.resx").ToDictionary();
        Assert.Empty(english.Where(text => NotEnglish().IsMatch(text.Value)).Select(text => text.Key));
        Assert.Equal([], Read($"{resource}.resx").Where(text => Ends(text.Value) != Ends(english[text.Key])).Select(text => $"{text.Key} begins or ends with a space in one language only"));

        static (bool, bool) Ends(string text) => (text.StartsWith(' '), text.EndsWith(' '));
    }

    [Fact]
    public void Badges_and_errors_are_told_apart_in_English_too()
    {
        Assert.Equal(BadgeList.All.Count, BadgeList.All.Select(badge => English[$"Badge.{badge.Code}.Name"]).Distinct().Count());
        var titles = Texts.Keys.Where(key => ErrorTitle().IsMatch(key)).ToList();
        Assert.NotEmpty(titles);
        Assert.Equal(titles.Count, titles.Select(key => English[key]).Distinct().Count());
    }

    /// <summary>With a localizer that answers without letters, and courses written in digits, a page has no letter left to show.</summary>
    [Fact]
    public async Task No_page_says_a_word_of_its_own()
    {
        await using var host = await PortalHost.StartAsync(adjust: builder => builder.Services.AddSingleton<IStringLocalizer<Texts>, Mute>());
        await host.WithDbAsync(async db =>
        {
            foreach (var number in Enumerable.Range(1, 14)) db.Add(Numbered(number));
            var university = new University(new UniversityFacts("1", "1", "2", ""), "1");
            university.Add(new FacultyFacts("1", "1")).Add(new ProgrammeFacts("2", "2", StudyLevel.Master, "3", "", Illustrative: true)).Add(new SubjectFacts("3", "3", 1, 2.5, "4"));
            db.Add(university);
            await db.SaveChangesAsync();
        });
        using var client = host.CreateClient();

        foreach (var path in new[] { "/", "/cours", "/cours?page=2", "/cours?niveau=terminale", "/cours?niveau=snt", "/cours/1", "/cours/1/2", "/cours/14", "/etudes", "/etudes?q=0", "/etudes/matieres", "/etudes/1", "/etudes/1/2", "/9", "/cours?niveau=%01" })
        {
            var page = new HtmlParser().ParseDocument((await client.AskAsync(path)).Text);
            Assert.NotNull(page.QuerySelector("h1"));
            Assert.Equal([], WordsShown(page).Select(word => $"{path}: {word}"));
        }
    }

    static Course Numbered(int number)
    {
        var course = new Course($"{number}", $"{number}", Level.Terminale);
        course.Describe($"{number}", "12345", Level.Terminale, number, author: "67", licence: "89");
        course.Publish();
        if (number == 14) return course;
        foreach (var chapterNumber in Enumerable.Range(1, 3))
        {
            var chapter = course.AddChapter($"{chapterNumber}", $"{chapterNumber}");
            chapter.Write("1", new RenderedText("<h2 id=\"1\">1</h2><p>2</p>", [new TocEntry(2, "1", "1"), new TocEntry(3, "2", "2")], chapterNumber * 30, int.MaxValue));
            chapter.Publish();
        }

        return course;
    }

    static IEnumerable<string> WordsShown(IDocument page)
    {
        string[] readOut = ["aria-label", "title", "alt", "placeholder", "data-copy", "data-copied", "data-not-copied"];
        var texts = page.All.SelectMany(e => e.ChildNodes.OfType<IText>()).Where(t => t.ParentElement!.LocalName is not ("code" or "script" or "style")).Select(t => t.Data)
            .Concat(page.All.SelectMany(e => readOut.Select(e.GetAttribute)).OfType<string>())
            .Concat(page.QuerySelectorAll("meta[name=description]").Select(m => m.GetAttribute("content")!));
        return texts.Where(text => text.Any(char.IsLetter)).Select(text => text.Trim());
    }

    /// <summary>The keys that a source asks for; the holes of an interpolated one stand for anything.</summary>
    static IEnumerable<Regex> Patterns(string source) =>
        Asked().Matches(source).SelectMany(m => m.Groups["key"].Captures).Select(key => key.Value)
            .Concat(Counted().Matches(source).SelectMany(m => new[] { $"{m.Groups["key"].Value}.One", $"{m.Groups["key"].Value}.Many" }))
            .Where(key => !key.StartsWith('{'))
            .Select(key => new Regex($"^{string.Join(@"[\w-]+", Hole().Split(key).Select(Regex.Escape))}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)));

    /// <summary>Handed on to where it is asked for.</summary>
    static bool IsNamed(string source, string key) => source.Contains($"\"{key}\"", StringComparison.Ordinal);

    /// <summary>The first argument within the brackets: a key, or one of several.</summary>
    [GeneratedRegex("""(?:\bL|\btexts)\[(?:[^\],"]|"(?<key>[^"]*)")+""")]
    private static partial Regex Asked();

    [GeneratedRegex("""\bL\.Count\("(?<key>[^"]+)",""")]
    private static partial Regex Counted();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Hole();

    [GeneratedRegex("[ '][:;?!»]|« |'")]
    private static partial Regex LooseSign();

    [GeneratedRegex(@"\s[:;?!]|[«»""']")]
    private static partial Regex NotEnglish();

    [GeneratedRegex(@"^Error\.\w+\.Title$")]
    private static partial Regex ErrorTitle();

    sealed class Mute : IStringLocalizer<Texts>
    {
        public LocalizedString this[string name] => new(name, "…");

        public LocalizedString this[string name, params object[] arguments] => this[name];

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => [];
    }
}
