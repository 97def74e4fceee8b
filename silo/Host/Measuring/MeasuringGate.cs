namespace Distributed.Silo.Measuring;

/// <summary>One exclusive measurement at a time on a host, in the order in which they were asked for.</summary>
/// <remarks>
/// Who computes joins; who wants to measure enters, and is let in when everyone else stands still: paused at a step boundary, gone, or in
/// the queue itself. A member that leaves, for whatever reason, gives up its place, so that a dead one holds nobody up. Thread safe.
/// </remarks>
internal sealed class MeasuringGate
{
    private readonly Lock _lock = new();
    private readonly HashSet<IMeasured> _members = [];
    private readonly HashSet<IMeasured> _moving = [];
    private readonly HashSet<IMeasured> _paused = [];
    private readonly LinkedList<(IMeasured Member, TaskCompletionSource Granted)> _queue = [];
    private IMeasured? _holder;
    private TaskCompletionSource _free = Done();

    /// <summary>A member begins to compute, after the measurements that are under way or asked for.</summary>
    public async Task Join(IMeasured member, CancellationToken cancellation)
    {
        while (true)
        {
            Task free;
            lock (_lock)
            {
                if (_queue.Count == 0)
                {
                    _members.Add(member);
                    return;
                }

                free = _free.Task;
            }

            await free.WaitAsync(cancellation);
        }
    }

    /// <summary>A member wants the host for itself; while it waits it computes nothing. Ends when it has it, or never when it leaves.</summary>
    public Task Enter(IMeasured member)
    {
        TaskCompletionSource granted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (!_members.Contains(member)) return granted.Task;
            if (_queue.Count == 0) _free = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _queue.AddLast((member, granted));
            _moving.Remove(member);
            Advance();
        }

        return granted.Task;
    }

    /// <summary>A member stands still as it was asked to.</summary>
    public void Stands(IMeasured member)
    {
        lock (_lock)
        {
            if (_moving.Remove(member)) Advance();
        }
    }

    /// <summary>A member has measured; it goes on computing.</summary>
    public void Exit(IMeasured member)
    {
        lock (_lock) Withdraw(member);
    }

    /// <summary>A member computes no longer.</summary>
    public void Leave(IMeasured member)
    {
        lock (_lock)
        {
            _members.Remove(member);
            _moving.Remove(member);
            // Whoever takes its place in the same executor must not find itself paused by a measurement long over.
            if (_paused.Remove(member)) member.Resume();
            Withdraw(member);
        }
    }

    private void Withdraw(IMeasured member)
    {
        for (var node = _queue.First; node is not null; node = node.Next)
        {
            if (node.Value.Member != member) continue;
            _queue.Remove(node);
            break;
        }

        if (_holder == member) _holder = null;
        if (_queue.Count == 0)
        {
            foreach (var paused in _paused) paused.Resume();
            _paused.Clear();
            _moving.Clear();
            _free.TrySetResult();
        }

        Advance();
    }

    /// <summary>Lets the first of the queue in when everyone else stands still; asks those who do not.</summary>
    private void Advance()
    {
        if (_holder is not null || _queue.First is not { } first) return;
        foreach (var member in _members.Where(member => !_paused.Contains(member) && !IsQueued(member)).ToList())
        {
            _paused.Add(member);
            _moving.Add(member);
            member.Pause();
        }

        if (_moving.Count > 0) return;
        _holder = first.Value.Member;
        if (_paused.Remove(_holder)) _holder.Resume();
        first.Value.Granted.TrySetResult();
    }

    private bool IsQueued(IMeasured member) => _queue.Any(waiting => waiting.Member == member);

    private static TaskCompletionSource Done()
    {
        TaskCompletionSource done = new();
        done.SetResult();
        return done;
    }
}
