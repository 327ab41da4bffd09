namespace NsiPortal.Caching.Tokens;

/// <summary>
/// Reads tokens for many requests at once: one reading is under way, and the next one carries the tags of all who wait. Whoever asks is given a
/// reading that begins after he asked.
/// </summary>
/// <param name="read">Reads the epoch and the tags; null for what is not there. It is told since when the first of those who ask has waited.</param>
/// <param name="time">The clock.</param>
sealed class GroupedReads(Func<IReadOnlyList<string>, long, Task<Guid?[]>> read, TimeProvider time)
{
    readonly Lock gate = new();
    Group? next;
    bool reading;

    public async Task<TokenReading?> ReadAsync(IReadOnlyList<string> tags)
    {
        Group mine;
        var places = new int[tags.Count];
        bool begins;
        lock (gate)
        {
            mine = next ??= new Group(time.GetTimestamp());
            for (var i = 0; i < places.Length; i++) places[i] = mine.PlaceOf(tags[i]);
            begins = !reading;
            reading = true;
        }

        if (begins) _ = RunAsync();
        var values = await mine.Values;
        if (values[0] is not { } epoch) return null;
        var tokens = new Guid[places.Length];
        for (var i = 0; i < tokens.Length; i++)
        {
            if (values[places[i]] is not { } token) return null;
            tokens[i] = token;
        }

        return new TokenReading(epoch, tokens);
    }

    async Task RunAsync()
    {
        while (true)
        {
            Group group;
            lock (gate)
            {
                reading = next is not null;
                if (next is null) return;
                (group, next) = (next, null);
            }

            await group.FillAsync(read);
            // Behind the requests that wait for a thread already: they may ask within the next reading instead of the one after.
            await Task.Yield();
        }
    }

    /// <param name="since">When the first asked.</param>
    sealed class Group(long since)
    {
        readonly Dictionary<string, int> places = [];
        readonly List<string> tags = [];
        readonly TaskCompletionSource<Guid?[]> values = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Guid?[]> Values => values.Task;

        /// <summary>Where the tag's token will be; the epoch comes first.</summary>
        public int PlaceOf(string tag)
        {
            if (places.TryGetValue(tag, out var place)) return place;
            tags.Add(tag);
            return places[tag] = tags.Count;
        }

        public async Task FillAsync(Func<IReadOnlyList<string>, long, Task<Guid?[]>> read)
        {
            try
            {
                values.SetResult(await read(tags, since));
            }
            catch (Exception fault)
            {
                values.SetException(fault);
                // Everybody may have gone away meanwhile, which is no fault either.
                _ = values.Task.Exception;
            }
        }
    }
}
