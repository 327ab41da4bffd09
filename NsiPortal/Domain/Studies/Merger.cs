namespace NsiPortal.Domain.Studies;

/// <summary>What a merge has done, or would do: told before it is confirmed, and kept as addresses that lead on.</summary>
public sealed class Merger
{
    readonly List<StudyItem> moved = [];
    readonly List<(StudyItem Lost, StudyItem Kept)> merged = [];
    readonly List<FormerAddress> addresses = [];

    /// <summary>What has another parent than before, with all that is below it.</summary>
    public IReadOnlyList<StudyItem> MovedItems => moved;

    /// <summary>What disappears into its like, the two that were chosen included.</summary>
    public IReadOnlyList<(StudyItem Lost, StudyItem Kept)> Merged => merged;

    public IReadOnlyList<FormerAddress> Addresses => addresses;

    internal void Moved(StudyItem item) => moved.Add(item);

    internal void Lost(StudyItem lost, StudyItem kept) => merged.Add((lost, kept));

    internal void Leave(University lost, University kept) => Leave(FormerAddress.Of(lost.Slug, kept));

    internal void Leave(University lost, StudyProgramme programme) => Leave(FormerAddress.Of($"{lost.Slug}/{programme.Slug}", programme));

    internal void Leave(StudyProgramme lost, StudyProgramme kept)
    {
        // One that had left the address of a lost university before, in this merge, leads to the one that remains.
        foreach (var address in addresses.Where(address => address.Programme == lost)) address.LeadTo(kept);
        Leave(FormerAddress.Of($"{lost.University.Slug}/{lost.Slug}", kept));
    }

    void Leave(FormerAddress address)
    {
        if (!addresses.Exists(known => known.Path == address.Path)) addresses.Add(address);
    }
}
