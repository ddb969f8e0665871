using WeToo.Benchmarks;

switch (args)
{
    case ["keepers"]: KeeperBenchmark.Run(); return 0;
    case ["filings", .. var rest]: return await FilingBenchmark.RunAsync(rest is [var count] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 3000);
    case ["serve", var folder]: return await Server.RunAsync(folder);
    case ["look-up", .. var sizes]: await LookUpBenchmark.RunAsync(sizes); return 0;
    case ["anchors", .. var pairs]: AnchorBenchmark.Run(pairs is [var number] ? int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) : 3200); return 0;
    case ["log", .. var rest]: await LogBenchmark.RunAsync(rest is [var most, ..] ? int.Parse(most, System.Globalization.CultureInfo.InvariantCulture) : 1_000_000, rest is [_, var file] ? file : null); return 0;
    case ["voices"]: return await VoicesBenchmark.RunAsync();
    case ["serve-voices", var folder]: return await VoicesServer.RunAsync(folder);
    default:
        await Console.Error.WriteLineAsync("keepers | filings [count] | look-up [filings …] | anchors [pairs] | log [entries [file for a proof]] | voices");
        return 2;
}
