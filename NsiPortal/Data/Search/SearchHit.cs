namespace NsiPortal.Data.Search;

/// <summary>A chapter that has all words of a query.</summary>
/// <param name="Rank">The lower the better.</param>
public sealed record SearchHit(int ChapterId, double Rank);
