import { Fn, order, Point, timesPublic, type Element } from "./group.js"

/** What one keeper returns for one element: kᵢ·B. */
export interface PartialEvaluation {
  /** The keeper's share index i, in 1..255. */
  readonly keeperIndex: number
  readonly element: Element
}

/** λᵢ = Π_{j≠i} j/(j−i) modulo ℓ. */
export function lagrangeAtZero(i: number, indices: readonly number[]): bigint {
  let coefficient = 1n
  for (const j of indices) {
    if (j !== i) coefficient = Fn.mul(coefficient, Fn.mul(BigInt(j), Fn.inv((BigInt(j - i) + order) % order)))
  }
  return coefficient
}

/**
 * Combines the partial evaluations of a quorum into the evaluation under the whole key: Σ λᵢ·Dᵢ.
 *
 * @returns `null` when there are none, an index is out of range or occurs twice, or the sum is the identity.
 */
export function combine(parts: readonly PartialEvaluation[]): Element | null {
  const indices = parts.map((part) => part.keeperIndex)
  const valid = indices.every((i) => Number.isInteger(i) && i >= 1 && i <= 255)
  if (parts.length === 0 || !valid || new Set(indices).size !== indices.length) return null

  const sum = parts.reduce((so, part) => so.add(timesPublic(part.element, lagrangeAtZero(part.keeperIndex, indices))), Point.ZERO)
  return sum.equals(Point.ZERO) ? null : sum
}
