namespace NsiPortal.Domain.People;

/// <summary>A fixed set: nobody uploads a picture of a pupil. Each is drawn by <c>img/avatars.svg</c>.</summary>
public static class Avatars
{
    public const string Default = "octet";

    public static IReadOnlyList<string> All { get; } = ["octet", "arbre", "graphe", "pile", "robot", "puce", "boucle", "cle", "fusee", "terminal", "disquette", "souris"];
}
