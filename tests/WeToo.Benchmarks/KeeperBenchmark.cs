using System.Diagnostics;
using System.Security.Cryptography;
using WeToo.Core.Filings;
using WeToo.Core.Group;
using WeToo.Core.Oprf;

namespace WeToo.Benchmarks;

/// <summary>What a keeper computes for one evaluation, on one core, beside bare multiplications in the same run.</summary>
internal static class KeeperBenchmark
{
    private const int MultiplicationsNeeded = 11; // 2M + 3, with M = 4 slips.

    internal static void Run()
    {
        using var share = Scalar.Random(RandomNumberGenerator.Fill);
        var y = Element.FromGenerator(share);
        var point = Element.HashFrom("benchmark"u8, "benchmark"u8);
        Element[] blinded = [.. Enumerable.Range(0, 4).Select(i => Element.HashFrom([(byte)i], "benchmark"u8))];

        // Alternately, so that a noisy neighbour disturbs both alike.
        var (multiplications, evaluations) = (new List<double>(), new List<double>());
        for (var round = 0; round < 7; round++)
        {
            multiplications.Add(PerSecond(() => point.Times(share)));
            evaluations.Add(PerSecond(() => Evaluate(share, y, blinded)));
        }

        var (m, e) = (Median(multiplications), Median(evaluations));
        Console.WriteLine("| what | per second and core |");
        Console.WriteLine("|---|---|");
        Console.WriteLine($"| libsodium ristretto255 multiplications | {m:N0} |");
        Console.WriteLine($"| evaluations of four elements with their proof | {e:N0} |");
        Console.WriteLine($"| of what {MultiplicationsNeeded} bare multiplications would allow | {100 * e * MultiplicationsNeeded / m:N0} % |");
    }

    private static EvaluateReply Evaluate(Scalar share, Element y, Element[] blinded)
    {
        Element[] evaluated = [.. blinded.Select(element => element.Times(share))];
        return new(1, evaluated, Dleq.Prove(DleqContext.Evaluate, share, y, blinded, evaluated, RandomNumberGenerator.Fill));
    }

    private static double PerSecond<T>(Func<T> act)
    {
        var (count, watch) = (0, Stopwatch.StartNew());
        for (; watch.ElapsedMilliseconds < 500; count++) _ = act();
        return count / watch.Elapsed.TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
