using System.Runtime.InteropServices;

namespace Distributed.Benchmarks;

/// <summary>Processor time that one grain's calls take on its turns: each piece between two awaits is timed where it runs.</summary>
/// <remarks>What Orleans itself does before and after a call, reading and writing messages above all, is not in it.</remarks>
internal sealed partial class GrainTime(GrainId grain) : IIncomingGrainCallFilter
{
    private const int ThreadProcessorTime = 3;
    private long _nanoseconds;
    private long _calls;

    /// <summary>Time and calls so far.</summary>
    public (TimeSpan Time, long Calls) Total => (TimeSpan.FromMicroseconds(Volatile.Read(ref _nanoseconds) / 1000.0), Volatile.Read(ref _calls));

    /// <inheritdoc/>
    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.TargetId != grain) return context.Invoke();
        Interlocked.Increment(ref _calls);
        Task? answer = null;
        new Pieces(TaskScheduler.Current, this).Run(() => answer = context.Invoke());
        return answer!;
    }

    private static long Now()
    {
        if (GetTime(ThreadProcessorTime, out var time) != 0) throw new PlatformNotSupportedException("This system does not tell a thread's processor time: run the benchmark on Linux.");
        return (time.Seconds * 1_000_000_000) + time.Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Moment time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Moment(long Seconds, long Nanoseconds);

    /// <summary>Puts what follows an await back on the grain's own scheduler, timed.</summary>
    private sealed class Pieces(TaskScheduler scheduler, GrainTime total) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) =>
            Task.Factory.StartNew(() => Run(() => d(state)), CancellationToken.None, TaskCreationOptions.None, scheduler);

        public void Run(Action piece)
        {
            var before = Current;
            SetSynchronizationContext(this);
            long begun = Now();
            try
            {
                piece();
            }
            finally
            {
                Interlocked.Add(ref total._nanoseconds, Now() - begun);
                SetSynchronizationContext(before);
            }
        }
    }
}
