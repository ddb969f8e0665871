import { sha256 } from "@noble/hashes/sha2.js"
import { concat, equal } from "./bytes.js"

/** The hash of a leaf: SHA-256(0x00 ‖ entry). RFC 6962, section 2.1. */
export function leafHash(entry: Uint8Array): Uint8Array {
  return sha256(concat(Uint8Array.of(0), entry))
}

/** The hash of a node: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(concat(Uint8Array.of(1), left, right))
}

/**
 * Checks that a leaf is at its place in a tree. RFC 9162, section 2.1.3.2.
 *
 * @param index - The leaf's place, from 0.
 * @param size - How many leaves the tree has.
 * @param proof - The hashes beside its way up, lowest first.
 * @returns `false` for any other leaf, place, size or root, and for a proof with a hash too few or too many.
 */
export function verifyInclusion(index: bigint, size: bigint, leaf: Uint8Array, proof: readonly Uint8Array[], root: Uint8Array): boolean {
  if (index < 0n || index >= size || leaf.length !== 32 || proof.some((hash) => hash.length !== 32)) return false

  let [fn, sn, hash] = [index, size - 1n, leaf]
  for (const beside of proof) {
    if (sn === 0n) return false
    if ((fn & 1n) === 1n || fn === sn) {
      hash = nodeHash(beside, hash)
      // Up to where the node is a right child: between them it has nothing beside it.
      while ((fn & 1n) === 0n && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n]
    } else hash = nodeHash(hash, beside)
    ;[fn, sn] = [fn >> 1n, sn >> 1n]
  }
  return sn === 0n && equal(hash, root)
}
