namespace Distributed.Search.Tests;

/// <summary>Values that another implementation gave.</summary>
public sealed class TestProblemsTests
{
    public static TheoryData<string, double[], double[]> Checked => new()
    {
        { "BraninCurrin", [0.5, 0.55], [31.699670006343524, 6.9949807788264255] },
        { "BraninCurrin", [0.25, 0.3], [26.653364871513045, 11.119281370160579] },
        { "DTLZ2", [.5, .55, .6, .65, .7, .75], [0.804333963599698, 0.8043339635996979] },
        { "DTLZ2", [.25, .3, .35, .4, .45, .5], [0.993170497449633, 0.4113846897924715] },
        { "ZDT1", [.5, .55, .6, .65, .7, .75], [.5, 4.999324447667825] },
        { "ZDT1", [.25, .3, .35, .4, .45, .5], [.25, 3.5276194705236392] },
        { "ZDT2", [.5, .55, .6, .65, .7, .75], [.5, 6.813503649635037] },
        { "ZDT2", [.25, .3, .35, .4, .45, .5], [.25, 4.58641304347826] },
        { "ZDT3", [.5, .55, .6, .65, .7, .75], [.5, 0.7298283865208504] },
        { "ZDT3", [.25, .3, .35, .4, .45, .5], [.25, 0.7125259718529651] },
        { "VehicleSafety", [2, 2.1, 2.2, 2.3, 2.4], [1688.37810986, 10.055162000000001, 0.11790199999999995] },
        { "VehicleSafety", [1.5, 1.6, 1.7, 1.8, 1.9], [1677.6653486100004, 9.425252000000004, 0.10659199999999999] },
        { "CarSideImpact", [1, .945, 1.1, 1.15, 2.1, 1, 1.04], [32.04986, 3.947495, 11.713802625, 0.554] },
        { "Penicillin", [90, 9.9225, 299, 11.7175, .353, 650, 6.2], [-11.816840268349267, 49.996857857764546, 316] },
        { "Penicillin", [75, 5.435, 296.5, 7.23, .2305, 600, 5.825], [-11.189928446942728, 53.709310578404526, 328] },
        { "MixedPrune", [0, 0, 0, 0, 0, 0, 0, 0, 0, 1], [0, 15] },
        { "MixedPrune", [.5, .5, .5, .5, .5, .5, .5, .5, 1, 3], [44.523991503700024, 3.770625] },
        { "MixedPrune", [.1, .2, .3, .4, .5, .6, .7, .8, 2, 2], [28.284105762324646, 6.637787999999999] },
        { "MixedPrune", [.9, 0, .45, .3, .9, .15, .6, .05, 3, 4], [48.05851572027707, 4.05396] },
    };

    [Theory, MemberData(nameof(Checked))]
    public void A_problem_gives_the_values_that_are_known_of_it(string name, double[] point, double[] expected)
    {
        double[] found = TestProblems.Find(name).Objectives(point);

        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-11 * Math.Max(1, Math.Abs(pair.First))));
    }

    [Theory]
    [InlineData(new[] { .5, .55, .6, .65, .7, .75 }, -0.061093749999999926)]
    [InlineData(new[] { .25, .3, .35, .4, .45, .5 }, 0.08928400510073334)]
    public void The_discs_of_the_constrained_problem_are_where_they_should_be(double[] point, double expected) =>
        Assert.Equal(expected, TestProblems.Find("C2DTLZ2").Constraint!(point), 1e-14);

    [Fact]
    public void Every_problem_is_whole()
    {
        Assert.Equal(TestProblems.All.Count, TestProblems.All.Select(problem => problem.Name).Distinct().Count());
        Assert.All(TestProblems.All, problem =>
        {
            double[] centre = problem.PointOf(new SpaceEncoding(problem.Space).Decode([.. problem.Space.Parameters.Select(_ => 0.5)]));
            Assert.Equal(problem.Reference.Length, problem.Objectives(centre).Length);
            Assert.All(problem.Objectives(centre), value => Assert.True(double.IsFinite(value)));
            Assert.Equal(centre, problem.PointOf(problem.CandidateAt(centre)));
        });
    }
}
