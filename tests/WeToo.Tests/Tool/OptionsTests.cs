using System.CommandLine;
using WeToo.Tool;
using Xunit;

namespace WeToo.Tests.Tool;

/// <summary>Every option that takes an address takes one: the library knows none by itself.</summary>
public sealed class OptionsTests
{
    [Fact]
    public void Each_address_that_a_command_asks_for_is_understood()
    {
        var addresses = Of(CommandLine.Root()).SelectMany(command => command.Options.Where(option => option.ValueType == typeof(Uri)).Select(option => (command, option))).ToList();

        Assert.InRange(addresses.Count, 5, 100);
        Assert.All(addresses, each =>
        {
            var said = string.Join(' ', each.command.Parse([each.option.Name, "https://somewhere.example"]).Errors.Select(error => error.Message));
            Assert.DoesNotContain("somewhere.example", said, StringComparison.Ordinal);
            Assert.NotEmpty(each.command.Parse([each.option.Name, "no address"]).Errors);
        });
    }

    private static IEnumerable<Command> Of(Command command) => command.Subcommands.SelectMany(Of).Prepend(command);
}
