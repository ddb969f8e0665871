import { hkdf } from "@noble/hashes/hkdf.js"
import { hmac } from "@noble/hashes/hmac.js"
import { sha512 } from "@noble/hashes/sha2.js"
import { ascii, concat } from "./bytes.js"

/** y_0 from the OPRF's output. WEP-1, section 5. */
export function chainStart(output: Uint8Array): Uint8Array {
  return hkdf(sha512, output, new Uint8Array(0), ascii("wetoo/v1/y0"), 64)
}

/** y_to from y_from, for from ≤ to. Nobody can go down. */
export function climb(y: Uint8Array, from: number, to: number): Uint8Array {
  let climbed = y
  for (let b = from + 1; b <= to; b++) climbed = hmac(sha512, climbed, concat(ascii("wetoo/v1/rung"), Uint8Array.of(b)))
  return climbed
}

/** τ_b from y_b, 32 bytes. */
export function tagOf(y: Uint8Array): Uint8Array {
  return hmac(sha512, y, ascii("wetoo/v1/tag")).slice(0, 32)
}

/** One live slip among those that share a tag. */
export interface Standing {
  readonly person: string
  /** t, in 2..5. */
  readonly leastNumber: number
  /** 0..4; it started at t − 1. */
  readonly rung: number
}

function people(slips: readonly Standing[]): number {
  return new Set(slips.map((slip) => slip.person)).size
}

/** The rule at rung 0: the positions of the slips that open. WEP-1, section 5. */
export function opens(sharing: readonly Standing[]): number[] {
  for (let m = 5; m >= 2; m--) {
    const asking = sharing.filter((slip) => slip.rung === 0 && slip.leastNumber <= m)
    if (people(asking) >= m) return sharing.flatMap((slip, i) => (asking.includes(slip) ? [i] : []))
  }
  return []
}

/** The rule at rung b, in 1..4: the positions of the slips that drop. WEP-1, section 5. */
export function drops(rung: number, sharing: readonly Standing[]): number[] {
  const opened = new Set(opens(sharing))
  for (let m = 5; m > rung; m--) {
    const counts = sharing.filter((slip, i) =>
      opened.has(i) || (slip.leastNumber <= m && slip.rung <= rung && rung <= slip.leastNumber - 1))
    if (people(counts) < m - rung + 1) continue
    const dropping = sharing.flatMap((slip, i) => (slip.rung === rung && slip.leastNumber <= m ? [i] : []))
    if (dropping.length > 0) return dropping
  }
  return []
}
