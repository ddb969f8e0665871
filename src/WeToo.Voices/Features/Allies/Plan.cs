namespace WeToo.Voices.Features.Allies;

/// <summary>What somebody means to do, as it lies sealed in the database.</summary>
/// <param name="Situation">If this happens …</param>
/// <param name="Action">… then I do this.</param>
/// <param name="Place">Where.</param>
/// <param name="Witness">Whom they tell of it; may be empty.</param>
/// <param name="Name">As who asked may call them; may be empty.</param>
internal sealed record Plan(string Situation, string Action, string Place, string Witness, string Name)
{
    /// <summary>Never what is in it.</summary>
    public override string ToString() => "Plan(private)";
}
