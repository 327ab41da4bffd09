using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace NsiPortal.Support;

/// <summary>Keeps what a portal logs, for a test to read.</summary>
public sealed class KeptLog : ILoggerProvider
{
    public ConcurrentQueue<LogEntry> Entries { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Category(categoryName, Entries);

    public void Dispose() { }

    sealed class Category(string name, ConcurrentQueue<LogEntry> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            entries.Enqueue(new LogEntry(name, logLevel, formatter(state, exception), exception));
    }
}

/// <param name="Fault">What is written with its stack trace.</param>
public sealed record LogEntry(string Category, LogLevel Level, string Text, Exception? Fault);
