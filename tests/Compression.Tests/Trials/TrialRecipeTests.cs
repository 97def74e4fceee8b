using CsCheck;
using Distributed.Compression.Trials;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Trials;

public sealed class TrialRecipeTests
{
    private static readonly Gen<(int Dense, int Final, int Steps)> Paths =
        from dense in Gen.Int[1, 512]
        from final in Gen.Int[1, dense]
        from steps in Gen.Int[1, 12]
        select (dense, final, steps);

    [Fact]
    public void Widths_never_grow_and_end_at_the_final_ones() => Paths.Sample(path =>
    {
        var recipe = new PruningRecipe("l1", path.Steps);
        int before = path.Dense;
        for (int step = 0; step < path.Steps; step++)
        {
            int width = recipe.WidthsAfter([path.Dense], [path.Final], step)[0];
            if (width > before || width < path.Final) return false;
            before = width;
        }

        return before == path.Final;
    });

    [Fact]
    public void Steps_take_equal_parts_of_the_way()
    {
        var recipe = new PruningRecipe("l1", 4);
        Assert.Equal([[56, 16], [48, 16], [40, 16], [32, 16]], Enumerable.Range(0, 4).Select(step => recipe.WidthsAfter([64, 16], [32, 16], step)));
    }

    [Fact]
    public void What_the_candidate_says_goes_before_the_sweeps_recovery()
    {
        var spec = TrialFixture.Spec;
        var candidate = new Candidate([new(ParameterNames.Epochs, 0), new(ParameterNames.LearningRate, 0.5), new(ParameterNames.Steps, 3)]);
        Assert.Equal(new PruningRecipe("l1", 3), TrialRecipe.Of(spec, candidate).Pruning);
        Assert.Equal(spec.Recovery with { Epochs = 0, LearningRate = 0.5 }, TrialRecipe.Of(spec, candidate).Recovery.Training);
        Assert.Equal(new TrialRecipe(new(), new(spec.Recovery), new(), new()), TrialRecipe.Of(spec, new Candidate([])));
    }

    [Fact]
    public void Driving_groups_to_zero_takes_a_segment_that_slices_nothing()
    {
        var recipe = TrialRecipe.Of(TrialFixture.Spec, new Candidate([new(ParameterNames.Steps, 2), new(ParameterNames.GroupSparsity, 0.01)]));
        Assert.Equal(3, recipe.Segments);
        Assert.Equal([[64], [48], [32]], Enumerable.Range(0, 3).Select(segment => recipe.WidthsAfter([64], [32], segment)));
    }
}
