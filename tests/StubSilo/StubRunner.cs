using System.Diagnostics;
using System.Text;

namespace Distributed.StubSilo;

/// <summary>Counts steps instead of training; resumes from the step of its checkpoint.</summary>
internal sealed class StubRunner(IArtifactStore artifacts) : ITrialRunner
{
    private const int StepsPerCheckpoint = 5;

    public TrialOutcome? Run(TrialAssignment assignment, ITrialContext context)
    {
        var behaviour = StubBehaviour.Of(assignment.Spec);
        if (assignment.Trial.Number == behaviour.Fail) return new TrialOutcome.Failed(FailureKind.Unexpected, "The stub was told to fail.");
        if (behaviour.OrphanS > 0) Process.Start("sh", ["-c", Invariant($"sleep {behaviour.OrphanS} & echo $!")]).WaitForExit();
        context.Report(new() { Phase = TrialPhase.Loading });
        if (!Quietly(behaviour.QuietMs, context)) return null;
        for (int step = assignment.Checkpoint?.Step ?? 0; step < behaviour.Steps; step++)
        {
            if (context.Cancelled.WaitHandle.WaitOne(behaviour.StepMs)) return null;
            context.StepBoundary();
            Noise(behaviour.Noise);
            if (assignment.Trial.Number == behaviour.Kill && assignment.Epoch == 1 && step == behaviour.Steps / 2) Process.GetCurrentProcess().Kill();
            if (assignment.Trial.Number == behaviour.Hang && assignment.Epoch == 1 && step == behaviour.Steps / 2) Hang();
            context.Report(new() { Phase = TrialPhase.FineTuning, Epoch = step, Epochs = behaviour.Steps, Loss = 1.0 / (step + 1) });
            if (context.DrainRequested)
            {
                Checkpoint(assignment, context, step + 1);
                return null;
            }

            if ((step + 1) % StepsPerCheckpoint == 0) Checkpoint(assignment, context, step + 1);
            if (step == 0 && !assignment.Trial.IsDense && context.AtRung(new(0, 0, StubModel.Measure(assignment.Candidate).Accuracy)) is { } stop)
                return new TrialOutcome.Stopped(new(0, 0, StubModel.Measure(assignment.Candidate).Accuracy), stop);
        }

        return Finish(assignment, context, behaviour);
    }

    /// <returns>Whether it was not cancelled.</returns>
    private static bool Quietly(int milliseconds, ITrialContext context)
    {
        const int Piece = 5;
        for (int done = 0; done < milliseconds; done += Piece)
        {
            if (context.Cancelled.WaitHandle.WaitOne(Piece)) return false;
            Pulse.Beat();
        }

        return true;
    }

    private static void Hang()
    {
        using ManualResetEventSlim never = new();
        never.Wait();
    }

    private TrialOutcome? Finish(TrialAssignment assignment, ITrialContext context, StubBehaviour behaviour)
    {
        context.Report(new() { Phase = TrialPhase.Measuring });
        using (context.MeasureAlone())
        {
            if (context.Cancelled.WaitHandle.WaitOne(behaviour.MeasureMs)) return null;
        }

        var measurement = StubModel.Measure(assignment.Candidate);
        var model = Put(assignment, "model.onnx", $"model of {assignment.Candidate}");
        var lineage = Put(assignment, "lineage.json", SweepJson.Write(assignment.Candidate));
        return assignment.Trial.IsDense
            ? new TrialOutcome.Prepared(measurement, StubModel.Profile, new(model, null, lineage))
            : new TrialOutcome.Completed(measurement, new(model, Put(assignment, "plan.json", "{}"), lineage), 1);
    }

    private void Checkpoint(TrialAssignment assignment, ITrialContext context, int step)
    {
        try
        {
            context.Checkpointed(new(step, step, Put(assignment, Invariant($"checkpoint-s{step}.bin"), Invariant($"{step}"))));
        }
        catch (StoreFullException)
        {
            // Computing goes on without one, as in real trials.
        }
    }

    private ArtifactRef Put(TrialAssignment assignment, string file, string text)
    {
        using MemoryStream content = new(Encoding.UTF8.GetBytes(text));
        return artifacts.Put(ArtifactName.OfAttempt(assignment.Spec.Name, assignment.Trial, assignment.Epoch, file), content).GetAwaiter().GetResult();
    }

    private static void Noise(int lines)
    {
        for (int i = 0; i < lines; i++) Console.WriteLine("native noise that is no message");
    }
}
