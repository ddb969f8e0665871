import { ristretto255, ristretto255_hasher } from "@noble/curves/ed25519.js"
import { expand_message_xmd } from "@noble/curves/abstract/hash-to-curve.js"
import { bytesToNumberLE } from "@noble/curves/utils.js"
import { sha512 } from "@noble/hashes/sha2.js"
import { ascii, type Random } from "./bytes.js"

export const Point = ristretto255.Point
export type Element = InstanceType<typeof Point>
export const Fn = Point.Fn
export const order = Fn.ORDER
export const elementSize = 32

/** Reads a canonical element other than the identity; `null` for anything else. RFC 9496, section 4.3.1. */
export function parseElement(encoded: Uint8Array): Element | null {
  if (encoded.length !== elementSize) return null
  try {
    const point = Point.fromBytes(encoded)
    return point.equals(Point.ZERO) ? null : point
  } catch {
    return null // The library throws for what is no canonical encoding.
  }
}

/** Reads 32 little-endian bytes below ℓ; zero is allowed, as in the parts of a proof. `null` for anything else. */
export function parseScalar(encoded: Uint8Array): bigint | null {
  if (encoded.length !== 32) return null
  const scalar = bytesToNumberLE(encoded)
  return scalar < order ? scalar : null
}

export function scalarBytes(scalar: bigint): Uint8Array {
  return Fn.toBytes(scalar)
}

/** A uniformly random scalar other than zero, from 64 bytes. */
export function randomScalar(random: Random): bigint {
  for (;;) {
    const scalar = bytesToNumberLE(random(64)) % order
    if (scalar !== 0n) return scalar
  }
}

/** HashToGroup of the suite ristretto255-SHA512; the DST is "HashToGroup-" ‖ context. RFC 9497, section 4.1. */
export function hashToGroup(input: Uint8Array, context: string): Element {
  return ristretto255_hasher.hashToCurve(input, { DST: `HashToGroup-${context}` }) as Element
}

/** HashToScalar of the suite ristretto255-SHA512; the DST is "HashToScalar-" ‖ context. RFC 9497, section 4.1. */
export function hashToScalar(input: Uint8Array, context: string): bigint {
  return bytesToNumberLE(expand_message_xmd(input, ascii(`HashToScalar-${context}`), 64, sha512)) % order
}

/** n·P where n may be zero. Public values only. */
export function timesPublic(point: Element, n: bigint): Element {
  return n === 0n ? Point.ZERO : point.multiplyUnsafe(n)
}
