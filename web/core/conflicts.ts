import { hmac } from "@noble/hashes/hmac.js"
import { sha512 } from "@noble/hashes/sha2.js"
import { ascii, concat, type Random } from "./bytes.js"
import { BlindedSlips } from "./filing.js"
import type { Keyset } from "./keyset.js"
import { publicKey, signed } from "./signing.js"
import { u32, u8 } from "./wire.js"

/** How many tags there are, always: nobody learns how many are real. */
export const conflictTags = 16

/** The conflict tag of an identifier for one keeper and one person, 32 bytes. WEP-1, section 8.1. @param start - y_0. */
export function conflictTagOf(start: Uint8Array, keeper: Uint8Array, member: Uint8Array): Uint8Array {
  return hmac(sha512, start, concat(ascii("wetoo/v1/conflict"), keeper, member)).slice(0, 32)
}

/** A signed ConflictPut, 661 bytes. @param starts - y_0 of each identifier, at most sixteen. */
export function conflictPutOf(
  deployment: Uint8Array, keeper: Uint8Array, revision: number, starts: readonly Uint8Array[], seed: Uint8Array, random: Random,
): Uint8Array {
  const member = publicKey(seed)
  const tags = starts.map((start) => conflictTagOf(start, keeper, member))
  return signed("conflict", concat(u8(1), deployment, keeper, member, u32(revision), ...tags, random(32 * (conflictTags - tags.length))), seed)
}

/** Blinds up to four identifiers of somebody of the team, who asks under their own key. WEP-1, section 4. */
export function blindedOwn(keyset: Keyset, seed: Uint8Array, inputs: readonly Uint8Array[], day: number, random: Random): BlindedSlips {
  return new BlindedSlips(keyset, { credential: publicKey(seed), seed, purpose: "team-evaluate" }, inputs, day, random)
}
