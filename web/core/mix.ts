import { concat, type Random } from "./bytes.js"
import { Fn, hashToScalar, parseElement, parseScalar, Point, randomScalar, scalarBytes, timesPublic, type Element } from "./group.js"

const context = "wetoo/v1/mix"

/** What the proof is bound to. */
export function mixBinding(deployment: Uint8Array, pseudonym: Uint8Array, filingId: Uint8Array, slip: number): Uint8Array {
  return concat(deployment, pseudonym, filingId, Uint8Array.of(slip))
}

/** ElGamal encryption of N under Z with a proof of knowledge, 128 bytes. WEP-1, section 6. */
export function encryptForMix(n: Element, z: Element, binding: Uint8Array, random: Random): Uint8Array {
  const [rho, kappa] = [randomScalar(random), randomScalar(random)]
  const [c1, c2] = [Point.BASE.multiply(rho).toBytes(), n.add(z.multiply(rho)).toBytes()]
  const c = hashToScalar(concat(binding, c1, c2, Point.BASE.multiply(kappa).toBytes()), context)
  return concat(c1, c2, scalarBytes(c), scalarBytes(Fn.sub(kappa, Fn.mul(c, rho))))
}

export function verifyMix(mix: Uint8Array, binding: Uint8Array): boolean {
  const [c1, c2] = [parseElement(mix.slice(0, 32)), parseElement(mix.slice(32, 64))]
  const [c, s] = [parseScalar(mix.slice(64, 96)), parseScalar(mix.slice(96))]
  if (mix.length !== 128 || c1 === null || c2 === null || c === null || s === null) return false

  const commitment = timesPublic(Point.BASE, s).add(timesPublic(c1, c))
  return hashToScalar(concat(binding, c1.toBytes(), c2.toBytes(), commitment.toBytes()), context) === c
}
