using CsCheck;
using Distributed.Silo.Measuring;

namespace Distributed.Silo.Tests;

public sealed class MeasuringGateTests
{
    private readonly MeasuringGate _gate = new();

    [Fact]
    public async Task Nobody_measures_before_the_others_stand_still()
    {
        var (a, b, c) = (await Joined(), await Joined(), await Joined());
        var granted = _gate.Enter(a);
        Assert.True(b.IsAsked && c.IsAsked && !a.IsAsked);
        _gate.Stands(b);
        Assert.False(granted.IsCompleted);
        _gate.Stands(c);
        await granted;
        _gate.Exit(a);
        Assert.False(b.IsAsked || c.IsAsked);
    }

    [Fact]
    public async Task Measurements_are_granted_in_the_order_in_which_they_were_asked_for()
    {
        var (a, b, c) = (await Joined(), await Joined(), await Joined());
        Task[] granted = [_gate.Enter(a), _gate.Enter(b), _gate.Enter(c)];
        Assert.Equal([true, false, false], granted.Select(task => task.IsCompleted));
        _gate.Exit(a);
        Assert.True(a.IsAsked);
        Assert.False(granted[1].IsCompleted);
        _gate.Stands(a);
        Assert.Equal([true, true, false], granted.Select(task => task.IsCompleted));
        _gate.Exit(b);
        _gate.Stands(b);
        await granted[2];
    }

    [Fact]
    public async Task A_member_that_dies_gives_up_whatever_it_held()
    {
        var (a, b, c) = (await Joined(), await Joined(), await Joined());
        var first = _gate.Enter(a);
        var second = _gate.Enter(b);
        _gate.Leave(c);
        await first;
        _gate.Leave(a);
        await second;
        _gate.Leave(b);
        await _gate.Join(new Member(), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Whoever_leaves_paused_is_let_go_so_that_the_next_attempt_in_its_place_can_move()
    {
        var (a, b) = (await Joined(), await Joined());
        var granted = _gate.Enter(a);
        Assert.True(b.IsAsked);
        _gate.Leave(b);
        Assert.False(b.IsAsked);
        await granted;
    }

    [Fact]
    public async Task Nobody_begins_to_compute_while_another_measures()
    {
        var a = await Joined();
        await _gate.Enter(a);
        var joining = _gate.Join(new Member(), TestContext.Current.CancellationToken);
        Assert.False(joining.IsCompleted);
        _gate.Exit(a);
        await joining;
    }

    [Fact]
    public void However_members_come_and_go_the_holder_is_alone_and_everyone_gets_its_turn() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 4]).Array[10, 60].Sample(steps =>
        {
            MeasuringGate gate = new();
            var members = Enumerable.Range(0, 4).Select(_ => new Member()).ToList();
            foreach (var (who, what) in steps) Step(gate, members[who], what);
            CheckAlone(members);
            for (int round = 0; round < 20; round++)
            {
                foreach (var member in members.Where(member => member.IsIn))
                {
                    if (member.Granted is null && member.IsAsked) gate.Stands(member);
                    if (member.Granted is { IsCompleted: true }) Step(gate, member, 3);
                    CheckAlone(members);
                }
            }

            return members.TrueForAll(member => member.Granted is null && (!member.IsIn || !member.IsAsked));
        });

    /// <summary>0 joins or stands, 1 asks, 2 stands, 3 exits, 4 leaves.</summary>
    private static void Step(MeasuringGate gate, Member member, int what)
    {
        if (!member.IsIn)
        {
            if (what == 0) member.IsIn = gate.Join(member, new(true)).IsCompletedSuccessfully;
            return;
        }

        switch (what)
        {
            case 1 when member.Granted is null:
                member.Granted = gate.Enter(member);
                break;
            case 2 when member.Granted is null && member.IsAsked:
                gate.Stands(member);
                break;
            case 3 when member.Granted is { IsCompleted: true }:
                member.Granted = null;
                gate.Exit(member);
                break;
            case 4:
                (member.IsIn, member.Granted) = (false, null);
                gate.Leave(member);
                break;
        }
    }

    private static void CheckAlone(List<Member> members) =>
        Assert.True(members.Count(member => member.IsIn && member.Granted is { IsCompleted: true }) <= 1);

    private async Task<Member> Joined()
    {
        Member member = new();
        await _gate.Join(member, TestContext.Current.CancellationToken);
        return member;
    }

    private sealed class Member : IMeasured
    {
        public bool IsAsked { get; private set; }

        public bool IsIn { get; set; }

        public Task? Granted { get; set; }

        public void Pause() => IsAsked = true;

        public void Resume() => IsAsked = false;
    }
}
