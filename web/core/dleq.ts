import { sha512 } from "@noble/hashes/sha2.js"
import { ascii, concat } from "./bytes.js"
import { hashToScalar, order, parseScalar, Point, scalarBytes, timesPublic, type Element } from "./group.js"
import { u16 } from "./wire.js"

export const contexts = {
  evaluate: "wetoo/v1/dleq/evaluate", drop: "wetoo/v1/dleq/drop", open: "wetoo/v1/dleq/open", release: "wetoo/v1/dleq/release",
} as const

function framed(part: Uint8Array): Uint8Array {
  return concat(u16(part.length), part)
}

/** ComputeComposites of RFC 9497, section 2.2.1: M = Σ dᵢ·Cᵢ and Z = Σ dᵢ·Dᵢ. */
function composites(context: string, kG: Element, c: readonly Element[], d: readonly Element[]): [Element, Element] {
  const seed = sha512(concat(framed(kG.toBytes()), framed(ascii(`Seed-${context}`))))
  let [m, z] = [Point.ZERO, Point.ZERO]
  c.forEach((ci, i) => {
    const di = d[i] ?? Point.ZERO
    const weight = hashToScalar(concat(framed(seed), u16(i), framed(ci.toBytes()), framed(di.toBytes()), ascii("Composite")), context)
    m = m.add(timesPublic(ci, weight))
    z = z.add(timesPublic(di, weight))
  })
  return [m, z]
}

function challenge(context: string, parts: readonly Element[]): bigint {
  return hashToScalar(concat(...parts.map((part) => framed(part.toBytes())), ascii("Challenge")), context)
}

/**
 * Proves that d[i] = k·c[i] for all i under kG = k·G. RFC 9497, section 2.2, with A = G. Used by tests that play a keeper.
 *
 * @param nonce - A fresh random scalar.
 * @returns c ‖ s, 64 bytes.
 */
export function prove(context: string, k: bigint, kG: Element, c: readonly Element[], d: readonly Element[], nonce: bigint): Uint8Array {
  const [m, z] = composites(context, kG, c, d)
  const e = challenge(context, [kG, m, z, Point.BASE.multiply(nonce), m.multiply(nonce)])
  return concat(scalarBytes(e), scalarBytes((((nonce - e * k) % order) + order) % order))
}

/** Verifies; `false` for lists that are empty or of unequal length and for any malformed proof. Public values only. */
export function verifyProof(context: string, kG: Element, c: readonly Element[], d: readonly Element[], proof: Uint8Array): boolean {
  const [e, s] = [parseScalar(proof.slice(0, 32)), parseScalar(proof.slice(32))]
  if (proof.length !== 64 || e === null || s === null || c.length === 0 || c.length !== d.length) return false

  const [m, z] = composites(context, kG, c, d)
  const t2 = timesPublic(Point.BASE, s).add(timesPublic(kG, e))
  const t3 = timesPublic(m, s).add(timesPublic(z, e))
  return challenge(context, [kG, m, z, t2, t3]) === e
}
