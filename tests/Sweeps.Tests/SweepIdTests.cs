namespace Distributed.Sweeps.Tests;

public sealed class SweepIdTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("0-first_sweep")]
    [InlineData("a23456789012345678901234567890123456789012345678901234567890123")]
    public void A_name_of_the_right_form_is_kept(string name) => Assert.Equal(name, new SweepId(name).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("A")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("a\n")]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901234")]
    public void Any_other_is_refused_and_named(string name) =>
        Assert.Contains($"'{name}'", Assert.Throws<InvalidInputException>(() => new SweepId(name)).Message, StringComparison.Ordinal);
}
