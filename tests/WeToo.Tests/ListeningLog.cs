using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace WeToo.Tests;

/// <summary>Hears every line a host logs, to hold that none says too much.</summary>
internal sealed class ListeningLog : ILoggerProvider, ILogger
{
    internal ConcurrentQueue<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue(formatter(state, exception) + exception);

    public void Dispose()
    {
    }
}
