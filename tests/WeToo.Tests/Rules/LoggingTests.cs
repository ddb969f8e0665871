using System.Reflection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace WeToo.Tests.Rules;

/// <summary>What a log line may carry: numbers, durations and words from our own closed lists.</summary>
public sealed class LoggingTests
{
    private const BindingFlags Everything = BindingFlags.Static | BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly;

    private static readonly Type[] s_allowed = [typeof(int), typeof(long), typeof(bool), typeof(TimeSpan)];

    public static TheoryData<string> Names => Assemblies.AllNames;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_log_line_carries_no_text_and_no_bytes(string assembly) =>
        Assert.All(LogMethods(assembly).SelectMany(method => method.GetParameters()), parameter =>
            Assert.True(IsAllowed(parameter.ParameterType), $"{parameter.Member.DeclaringType}.{parameter.Member.Name}: {parameter.Name}"));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_log_message_is_written_once_and_known_by_its_number(string assembly)
    {
        var numbers = LogMethods(assembly)
            .GroupBy(method => method.DeclaringType)
            .Select(type => type.Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()!.EventId).ToList());

        Assert.All(numbers, ofOneType => Assert.Equal(ofOneType.Distinct(), ofOneType));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_logs_except_through_declared_messages(string assembly) =>
        Assert.DoesNotContain("Microsoft.Extensions.Logging.LoggerExtensions", References.Of(assembly).Types);

    [Fact]
    public void There_are_log_methods_to_check() => Assert.NotEmpty(LogMethods("WeToo.Hosting"));

    private static bool IsAllowed(Type type) =>
        typeof(ILogger).IsAssignableFrom(type)
        || s_allowed.Contains(type)
        || (type.IsEnum && type.Assembly.GetName().Name!.StartsWith("WeToo.", StringComparison.Ordinal));

    private static List<MethodInfo> LogMethods(string assembly) =>
    [
        .. Assemblies.Load(assembly).GetTypes()
            .SelectMany(type => type.GetMethods(Everything))
            .Where(method => method.GetCustomAttribute<LoggerMessageAttribute>() is not null),
    ];
}
