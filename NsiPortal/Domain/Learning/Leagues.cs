namespace NsiPortal.Domain.Learning;

/// <summary>
/// Each week, those who take part are dealt into leagues of about thirty. How many leagues there are follows from the week before and does not change
/// during the week, so that nobody changes league; who meets whom is drawn anew each week.
/// </summary>
public static class Leagues
{
    public const int Buckets = 1 << 20;
    public const int Size = 30;

    /// <summary>The same for a user during the whole period, and evenly spread among users.</summary>
    public static int BucketOf(int userId, int period)
    {
        // Multiplications by odd numbers with shifts between: neighbours land far apart.
        var mixed = ((uint)userId * 0x9E3779B1u) ^ ((uint)period * 0x85EBCA77u);
        mixed = (mixed ^ (mixed >> 15)) * 0x2C1B3C6Du;
        mixed = (mixed ^ (mixed >> 12)) * 0x297A2D39u;
        return (int)((mixed ^ (mixed >> 15)) % Buckets);
    }

    /// <param name="participants">How many took part in the week before.</param>
    public static int Count(int participants) => Math.Max(1, (int)Math.Round(participants / (double)Size));

    /// <summary>The buckets of a league, the last one not included.</summary>
    /// <param name="bucket">The bucket of one of its members.</param>
    /// <param name="count">How many leagues there are.</param>
    public static (int From, int To) Around(int bucket, int count)
    {
        var league = (long)bucket * count / Buckets;
        return ((int)Math.Ceiling((double)league * Buckets / count), (int)Math.Ceiling((double)(league + 1) * Buckets / count));
    }
}
