namespace NsiPortal.Features.SignIn;

/// <summary>Where somebody goes who has signed in: where they wanted to go, if that is in the portal. A header holds ASCII only.</summary>
static class ReturnAddress
{
    const string Home = "/moi";

    public static string Of(string? wanted) =>
        wanted is ['/', ..] and not ['/', '/' or '\\', ..] && wanted.All(c => c is > ' ' and <= '~') && !wanted.StartsWith("/connexion", StringComparison.Ordinal) ? wanted : Home;
}
