using Distributed.Sweeps;

namespace Distributed.Artifacts.Tests;

public sealed class StoreAddressTests
{
    [Fact]
    public void A_path_is_a_folder_and_stays_the_same_folder_elsewhere()
    {
        var address = StoreAddress.Parse("some/where");
        Assert.Equal(new StoreAddress.Folder(Path.GetFullPath("some/where")), address);
        Assert.Equal(address, StoreAddress.Parse($"{address}"));
    }

    [Fact]
    public void A_container_of_an_account_is_read_with_or_without_a_last_slash()
    {
        var address = StoreAddress.Parse("https://team.blob.core.windows.net/sweeps/");
        Assert.Equal(new StoreAddress.Container(new("https://team.blob.core.windows.net/sweeps")), address);
        Assert.Equal(address, StoreAddress.Parse($"{address}"));
    }

    [Theory]
    [InlineData("https://127.0.0.1:10000/account/sweeps/", "https://127.0.0.1:10000/account/sweeps")]
    [InlineData("https://[::1]:10000/account/sweeps", "https://[::1]:10000/account/sweeps")]
    public void A_host_that_is_a_number_has_the_account_in_its_path(string text, string address)
    {
        Assert.Equal(new StoreAddress.Container(new(address)), StoreAddress.Parse(text));
        Assert.Equal(address, $"{StoreAddress.Parse(address)}");
    }

    [Fact]
    public void A_container_of_the_connection_is_read()
    {
        var address = StoreAddress.Parse("azure://sweeps");
        Assert.Equal(new StoreAddress.NamedContainer("sweeps"), address);
        Assert.Equal(address, StoreAddress.Parse($"{address}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("azure://")]
    [InlineData("azure://Sweeps")]
    [InlineData("azure://a--b")]
    [InlineData("azure://../x")]
    [InlineData("https://team.blob.core.windows.net")]
    [InlineData("https://team.blob.core.windows.net/a/b")]
    [InlineData("https://127.0.0.1:10000/")]
    [InlineData("https://127.0.0.1:10000/account/")]
    [InlineData("https://127.0.0.1:10000//sweeps")]
    [InlineData("https://127.0.0.1:10000/account/sweeps/more")]
    [InlineData("http://team.blob.core.windows.net/sweeps")]
    [InlineData("s3://bucket")]
    public void Anything_else_is_refused_with_what_to_give(string text)
    {
        var error = Assert.Throws<InvalidInputException>(() => StoreAddress.Parse(text));
        Assert.EndsWith(".", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://team.blob.core.windows.net/sweeps?sig=SECRET")]
    [InlineData("https://user:SECRET@team.blob.core.windows.net/sweeps")]
    [InlineData("ftp://user:SECRET@host/sweeps")]
    public void A_secret_in_an_address_is_refused_and_not_repeated(string text)
    {
        var error = Assert.Throws<InvalidInputException>(() => StoreAddress.Parse(text));
        Assert.DoesNotContain("SECRET", error.Message, StringComparison.Ordinal);
    }
}
