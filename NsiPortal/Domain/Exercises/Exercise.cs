using NsiPortal.Domain.Courses;

namespace NsiPortal.Domain.Exercises;

/// <summary>An exercise of a chapter. What pupils have answered refers to the version that they saw.</summary>
public sealed class Exercise
{
    Exercise() { }

    public Exercise(Chapter chapter, string key)
    {
        Chapter = chapter;
        Key = key;
    }

    public int Id { get; private set; }
    public int ChapterId { get; private set; }
    public Chapter Chapter { get; private set; } = null!;

    /// <summary>Its author's name for it, unique in the chapter and for ever.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Its place in the chapter, from 1, and the last part of its address; 0 when it is there no more.</summary>
    public int Number { get; private set; }

    public string Title { get; private set; } = "";
    public ExerciseKind Kind { get; private set; }
    public int Points { get; private set; }

    /// <summary>Whether the chapter is completed only with it.</summary>
    public bool Required { get; private set; }

    /// <summary>After how many tries the correction is shown and none is taken; null for no end.</summary>
    public int? MaximumTries { get; private set; }

    /// <summary>From 1; the next whenever what is asked, or what is right, changes.</summary>
    public int Version { get; private set; }

    /// <summary>As it stands in the chapter's sheet.</summary>
    public string Source { get; private set; } = "";

    public ExerciseContent Content { get; private set; } = null!;

    public bool Retired => Number == 0;

    /// <summary>Brings it to what the sheet says.</summary>
    /// <returns>Whether there is a new version: answers to the former one may be right or wrong now.</returns>
    public bool Write(int number, string title, int points, bool required, int? maximumTries, string source, ExerciseContent content)
    {
        (Number, Title, Kind, Points, Required, MaximumTries) = (number, title, content.Kind, points, required, maximumTries);
        if (Source == source) return false;
        Source = source;
        Content = content;
        Version++;
        return Version > 1;
    }

    /// <summary>Replaces what is shown of the same source, made by a newer renderer.</summary>
    public void Show(ExerciseContent content) => Content = content;

    internal void Place(int number) => Number = number;

    /// <summary>It is no longer asked; what was answered stays.</summary>
    public void Retire() => Number = 0;
}
