using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace NsiPortal.Bench;

/// <summary>How many answers a second somebody gives, asked by wrk on one thread.</summary>
static partial class Wrk
{
    public const int Connections = 32;

    /// <param name="url">Asked for, again and again.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="headers">As « Name: value ».</param>
    public static async Task<double> RunAsync(string url, int seconds, params string[] headers)
    {
        using var wrk = Process.Start(new ProcessStartInfo("wrk", ["-t1", $"-c{Connections}", $"-d{seconds}s", .. headers.SelectMany(header => new[] { "-H", header }), url]) { RedirectStandardOutput = true, UseShellExecute = false })
            ?? throw new InvalidOperationException("wrk did not start.");
        var output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        if (output.Contains("Non-2xx", StringComparison.Ordinal) || output.Contains("Socket errors", StringComparison.Ordinal)) throw new InvalidOperationException(output);
        return double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();
}
