namespace NsiPortal.Data.Sqlite;

/// <summary>
/// One writer at a time in this process. SQLite allows a single writer, and its provider blocks a thread while it waits for the file;
/// waiting here costs no thread.
/// </summary>
sealed class WriteGate : IDisposable
{
    readonly SemaphoreSlim semaphore = new(1, 1);

    /// <summary>Waits for the turn; dispose what is returned to end it.</summary>
    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await semaphore.WaitAsync(cancellationToken);
        return new Turn(semaphore);
    }

    public void Dispose() => semaphore.Dispose();

    sealed class Turn(SemaphoreSlim semaphore) : IDisposable
    {
        SemaphoreSlim? held = semaphore;

        public void Dispose() => Interlocked.Exchange(ref held, null)?.Release();
    }
}
