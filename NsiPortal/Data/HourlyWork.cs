namespace NsiPortal.Data;

/// <summary>What every serving process does by itself once an hour. Whichever comes first does it, and the others find nothing left to do.</summary>
abstract class HourlyWork(TimeProvider time, ILogger log) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected TimeProvider Time => time;

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // After the start, which has other work.
            await Task.Delay(Interval, time, stoppingToken);
            try
            {
                await RunAsync(stoppingToken);
            }
            // Whatever it is, the portal goes on serving, and what is old stays old.
            catch (Exception fault)
            {
                if (!stoppingToken.IsCancellationRequested) log.LogError(fault, "{Work} failed; it is tried again every {Interval}", GetType().Name, Interval);
            }
        }
    }

    protected abstract Task RunAsync(CancellationToken cancellationToken);
}
