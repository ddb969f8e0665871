using System.Collections.Concurrent;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Pages;
using WeToo.Voices.Writing;

namespace WeToo.Voices.Features.Live;

/// <summary>
/// Tells those who have a piece open what its counters say now. All pieces are looked at together, at fixed intervals, whatever was written in between: nobody
/// learns at which moment somebody signed or wrote, and a viral letter costs one reading of the database for all who watch it.
/// </summary>
internal sealed class LiveCounts(Database database, PageCache pages, VoicesOptions options, TimeProvider time, ILogger<LiveCounts> log)
    : RepeatingWorker(TimeSpan.FromSeconds(options.LiveEverySeconds), time, log)
{
    private readonly ConcurrentDictionary<string, Watched> _watched = [];
    private readonly Lock _seats = new();
    private int _readers;

    /// <summary>How many watch.</summary>
    internal int Readers => Volatile.Read(ref _readers);

    /// <summary>Lets somebody watch a piece; <see langword="null"/> when all seats are taken. Dispose of it when they go.</summary>
    internal Seat? TrySit(ShownPiece piece)
    {
        lock (_seats)
        {
            if (_readers >= options.MostLiveReaders) return null;
            _readers++;
            var watched = _watched.GetOrAdd(piece.Path, _ => new(piece));
            watched.Readers++;
            return new(watched, () => StandUp(piece.Path, watched));
        }
    }

    /// <summary>Reads what changed since the last time, and tells those who watch it.</summary>
    internal async Task TellAsync(CancellationToken cancel)
    {
        foreach (var watched in _watched.Values)
        {
            var version = pages.VersionOf(watched.Shows); // Before it is read: what comes later is told the next time.
            if (version == watched.Version) continue;

            var said = await database.ReadAsync(session => LiveReads.Say(session, watched.Piece, options), cancel);
            watched.Say(version, said);
        }
    }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken cancel) => TellAsync(cancel);

    private void StandUp(string path, Watched watched)
    {
        lock (_seats)
        {
            _readers--;
            if (--watched.Readers == 0) _watched.TryRemove(path, out _);
        }
    }

    /// <summary>A piece that somebody watches.</summary>
    internal sealed class Watched(ShownPiece piece)
    {
        private volatile TaskCompletionSource _next = NewTurn();
        private volatile string? _said;

        internal ShownPiece Piece => piece;

        /// <summary>What its counters depend on.</summary>
        internal IReadOnlyList<string> Shows { get; } = [Names.Pieces, Names.Piece(piece.PieceId), Names.Comments(piece.PieceId), Names.Signers(piece.WorkId)];

        internal long Version { get; private set; } = -1;

        internal int Readers { get; set; }

        /// <summary>What was said last; empty once it is not shown any more.</summary>
        internal string? Said => _said;

        /// <summary>Done when something else is said.</summary>
        internal Task Next => _next.Task;

        internal void Say(long version, string said)
        {
            Version = version;
            if (said == _said) return;

            _said = said;
            Interlocked.Exchange(ref _next, NewTurn()).SetResult();
        }

        private static TaskCompletionSource NewTurn() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Where somebody watches from.</summary>
    internal sealed class Seat(Watched watched, Action standUp) : IDisposable
    {
        private string? _heard;

        /// <summary>Done once there is something that was not heard here.</summary>
        internal Task NewsAsync()
        {
            var next = watched.Next; // Before looking: what is said after that completes it.
            return watched.Said == _heard ? next : Task.CompletedTask;
        }

        /// <summary>What is said now; <see langword="null"/> for nothing new.</summary>
        internal string? Take()
        {
            var said = watched.Said;
            if (said == _heard) return null;
            return _heard = said;
        }

        public void Dispose() => standUp();
    }
}
