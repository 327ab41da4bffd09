namespace NsiPortal.Coherence;

/// <summary>A process that serves, as a reader comes to it.</summary>
/// <param name="Client">Talks to it.</param>
/// <param name="IsGoneAsync">Whether the process has ended or is about to, so that a lost request is nobody's fault.</param>
sealed record Door(HttpClient Client, Func<Task<bool>> IsGoneAsync);
