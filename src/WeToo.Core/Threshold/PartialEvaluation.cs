using WeToo.Core.Group;

namespace WeToo.Core.Threshold;

/// <summary>What one keeper returns for one element.</summary>
/// <param name="KeeperIndex">The keeper's share index i, in 1..255.</param>
/// <param name="Element">kᵢ·B, where B is the element and kᵢ the keeper's share of the key.</param>
public readonly record struct PartialEvaluation(byte KeeperIndex, Element Element);
