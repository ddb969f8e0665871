namespace WeToo.BrowserTests;

/// <summary>What measures how quick something is runs when no other test does.</summary>
[CollectionDefinition(nameof(MeasuredAlone), DisableParallelization = true)]
public sealed class MeasuredAlone;
