using WeToo.Benchmarks;

switch (args)
{
    case ["keepers"]: KeeperBenchmark.Run(); return 0;
    case ["filings", .. var rest]: return await FilingBenchmark.RunAsync(rest is [var count] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 3000);
    case ["serve", var folder]: return await Server.RunAsync(folder);
    case ["look-up", .. var sizes]: await LookUpBenchmark.RunAsync(sizes); return 0;
    default:
        await Console.Error.WriteLineAsync("keepers | filings [count] | look-up [filings …]");
        return 2;
}
