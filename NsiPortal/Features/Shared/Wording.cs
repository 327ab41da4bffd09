using Microsoft.Extensions.Localization;
using NsiPortal.Domain.Badges;
using NsiPortal.Domain.Courses;
using NsiPortal.Domain.People;
using NsiPortal.Domain.Studies;
using NsiPortal.Hosting;

namespace NsiPortal.Features.Shared;

/// <summary>Texts whose form depends on a value: numbers, durations, levels, badges.</summary>
public static class Wording
{
    extension(IStringLocalizer<Texts> texts)
    {
        /// <summary>The text <c>{key}.One</c> or <c>{key}.Many</c>, which holds the number first; in French zero is singular, in English it is not.</summary>
        public string Count(string key, int number, params object[] more)
        {
            var one = number == 1 || (number == 0 && Languages.Current == "fr");
            return texts[one ? $"{key}.One" : $"{key}.Many", [number, .. more]];
        }

        /// <summary>The text <paramref name="key"/> of a score, which may be below zero, out of points.</summary>
        public string Score(string key, double score, int points) => texts[key, score, points].Value.Replace('-', '−');

        public string Duration(int minutes) =>
            minutes < 60 ? texts["Duration.Minutes", minutes]
            : minutes % 60 == 0 ? texts["Duration.Hours", minutes / 60]
            : texts["Duration.HoursMinutes", minutes / 60, minutes % 60];

        public string Level(Level level) => texts[$"Level.{level}"];

        public string StudyLevel(StudyLevel level) => texts[$"StudyLevel.{level}"];

        /// <summary>The day and the time on the clocks of Paris.</summary>
        public string When(DateTimeOffset at) => texts["When", ParisTime.FromInstant(at)];

        /// <summary>Why nobody joins a class.</summary>
        public string Closed(JoinFault fault, SchoolClass schoolClass) => fault switch
        {
            JoinFault.Archived => texts["Class.Archived"],
            JoinFault.Full => texts["Class.Full", schoolClass.Capacity],
            _ => texts["Class.Expired"],
        };

        public string Day(DateOnly day) => texts["Day", day];

        public string BadgeName(Badge badge) => texts[$"Badge.{badge.Code}.Name"];

        /// <summary>How it is earned.</summary>
        public string BadgeText(Badge badge) => texts[$"Badge.{badge.Code}.Text"];
    }
}
