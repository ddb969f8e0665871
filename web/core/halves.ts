import { sha256 } from "@noble/hashes/sha2.js"
import { ascii, concat, type Random } from "./bytes.js"
import { fromWords, toWords, type Receipt, type WordList } from "./receipt.js"

/** Which of the two halves it is. */
export type HalfNumber = 1 | 2

/**
 * Divides a receipt in two: random bytes, and what differs between them and the receipt. Either alone fits every receipt there is. WEP-1, section 3.
 *
 * @returns The words of each half, with their own check, so that a half is not taken for a receipt.
 */
export function halvesOf(receipt: Receipt, list: WordList, random: Random): readonly [string[], string[]] {
  const first = random(receipt.length)
  return [half(first, 1, list), half(xor(receipt, first), 2, list)]
}

/** Puts two halves together, in either order; `null` when one is none, or both are the same half. */
export function joinHalves(one: string, other: string, lists: readonly WordList[]): Receipt | null {
  const [a, b] = [readHalf(one, lists), readHalf(other, lists)]
  return a === null || b === null || a.number === b.number ? null : xor(a.bytes, b.bytes)
}

function half(bytes: Uint8Array, number: HalfNumber, list: WordList): string[] {
  return toWords(bytes, checkOf(bytes, number), list)
}

function readHalf(text: string, lists: readonly WordList[]): { readonly bytes: Uint8Array, readonly number: HalfNumber } | null {
  for (const list of lists) {
    const read = fromWords(text, list)
    const number = read === null ? undefined : ([1, 2] as const).find((candidate) => checkOf(read.entropy, candidate) === read.check)
    if (read !== null && number !== undefined) return { bytes: read.entropy, number }
  }
  return null
}

/** Five bits of a hash, and one that says which half it is. */
function checkOf(bytes: Uint8Array, number: HalfNumber): number {
  return (sha256(concat(ascii("wetoo/v1/half"), Uint8Array.of(number), bytes))[0] ?? 0) >> 3 << 1 | number - 1
}

function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((byte, i) => byte ^ (b[i] ?? 0))
}
