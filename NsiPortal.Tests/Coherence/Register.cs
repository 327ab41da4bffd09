using System.Diagnostics;

namespace NsiPortal.Coherence;

/// <summary>
/// One value that pages show, and the history of what was written to it: each write has a number of its own, larger than those before.
/// Times are those of a monotonic clock shared by writers and readers.
/// </summary>
sealed class Register(string name)
{
    readonly List<Write> writes = [];

    public string Name => name;

    public int Count
    {
        get { lock (writes) return writes.Count; }
    }

    /// <summary>The number for the next write. The caller is the only writer of this register for now.</summary>
    public Write Begin()
    {
        lock (writes)
        {
            var write = new Write(writes.Count + 1, Stopwatch.GetTimestamp());
            writes.Add(write);
            return write;
        }
    }

    /// <summary>What is wrong with having read <paramref name="value"/> between the two moments; null when nothing is.</summary>
    public string? Judge(int value, long readStarted, long readEnded)
    {
        lock (writes)
        {
            if (value < 1 || value > writes.Count) return $"{name}={value} was never written";
            var seen = writes[value - 1];
            if (seen.Undone) return $"{name}={value} was rolled back: not clean";
            if (seen.Started > readEnded) return $"{name}={value} was read before it was written";
            for (var newer = value; newer < writes.Count; newer++)
            {
                if (!writes[newer].Undone && writes[newer].Acknowledged < readStarted)
                    return $"{name}={value} was read {Stopwatch.GetElapsedTime(writes[newer].Acknowledged, readStarted).TotalMilliseconds:0.00} ms after {name}={newer + 1} was acknowledged: not fresh";
            }

            return null;
        }
    }

    public sealed class Write(int number, long started)
    {
        long acknowledged = long.MaxValue;
        volatile bool undone;

        public int Number => number;

        public long Started => started;

        public long Acknowledged => Volatile.Read(ref acknowledged);

        public bool Undone => undone;

        public void Acknowledge() => Volatile.Write(ref acknowledged, Stopwatch.GetTimestamp());

        public void Undo() => undone = true;
    }
}
