import { sha512 } from "@noble/hashes/sha2.js"
import { ascii, concat } from "./bytes.js"
import { Fn, hashToGroup, type Element } from "./group.js"
import { u16 } from "./wire.js"

const context = "OPRFV1-\x00-ristretto255-SHA512"

/** B = blind·HashToGroup(input). RFC 9497, section 3.3.1. */
export function blind(input: Uint8Array, scalar: bigint): Element {
  return hashToGroup(input, context).multiply(scalar)
}

/** N = blind⁻¹·evaluated. */
export function unblind(scalar: bigint, evaluated: Element): Element {
  return evaluated.multiply(Fn.inv(scalar))
}

/** The output of 64 bytes. RFC 9497, section 3.3.1, Finalize. */
export function finalize(input: Uint8Array, n: Element): Uint8Array {
  return sha512(concat(u16(input.length), input, u16(32), n.toBytes(), ascii("Finalize")))
}
