import { hkdf } from "@noble/hashes/hkdf.js"
import { sha512 } from "@noble/hashes/sha2.js"
import { x25519 } from "@noble/curves/ed25519.js"
import { ascii, concat, type Random } from "./bytes.js"
import { openBox, sealBox } from "./sealed-box.js"
import type { Stretch } from "./identifier-key.js"
import { withdrawalOf } from "./filing.js"
import { publicKey, signed } from "./signing.js"
import { u32, u8 } from "./wire.js"

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
const symbolCount = 12
const version = u8(1)

/** Length of a signed withdrawal, sealed to a stop code. */
export const stopBoxSize = 181
/** How many an answer has, whatever there is. */
export const stopBoxCount = 8

/** A stop code: twelve numbers below 32, the last of them a check. It takes accounts out and stops contact, and opens nothing. WEP-1, section 10.1. */
export type StopCode = readonly number[]

export function newStopCode(random: Random): StopCode {
  const bits = random(7).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) >> 1n
  const symbols = Array.from({ length: symbolCount - 1 }, (_, i) => Number((bits >> BigInt(5 * (symbolCount - 2 - i))) & 31n))
  return [...symbols, times(sum(symbols))]
}

/** Three groups of four, to be written down. */
export function textOfStopCode(code: StopCode): string {
  return (code.map((symbol) => alphabet[symbol] ?? "").join("").match(/.{4}/g) ?? []).join("-")
}

/** Reads a code as a person types it: any case, any spaces and dashes; O is 0, I and L are 1. `null` when it is none, or the check differs. */
export function parseStopCode(text: string): StopCode | null {
  const typed = text.normalize("NFKC").toUpperCase().replace(/[\s\p{Pd}]/gu, "").replaceAll("O", "0").replace(/[IL]/g, "1")
  const symbols = [...typed].map((symbol) => alphabet.indexOf(symbol))
  return symbols.length === symbolCount && !symbols.includes(-1) && sum(symbols) === 0 ? symbols : null
}

/** What a stop code gives in one deployment. */
export interface StopKeys {
  /** The Ed25519 seed of the stop key. */
  readonly seed: Uint8Array
  readonly stopKey: Uint8Array
  /** The X25519 secret that opens what was sealed to the code. */
  readonly boxSecret: Uint8Array
  readonly boxKey: Uint8Array
}

/** What an author's device keeps of a stop code: enough to leave withdrawals for it, and no more. */
export interface StopPublic {
  readonly stopKey: Uint8Array
  readonly boxKey: Uint8Array
}

/** Half a second of hard work, by design: whoever guesses at codes pays it for each. */
export async function stopKeysOf(code: StopCode, deployment: Uint8Array, stretch: Stretch): Promise<StopKeys> {
  const password = ascii(code.slice(0, -1).map((symbol) => alphabet[symbol] ?? "").join(""))
  const root = await stretch(password, sha512(concat(ascii("wetoo/v1/stop"), deployment)).slice(0, 16))
  const derive = (info: string) => hkdf(sha512, root, new Uint8Array(0), ascii(info), 32)
  const [seed, boxSecret] = [derive("wetoo/v1/stop/signing"), derive("wetoo/v1/stop/box")]
  return { seed, stopKey: publicKey(seed), boxSecret, boxKey: x25519.getPublicKey(boxSecret) }
}

/** StopPut, 346 bytes: a withdrawal that the pseudonym has signed, sealed to the stop code. `null` when the box key is none. */
export function stopPutOf(
  deployment: Uint8Array, pseudonym: Uint8Array, filingId: Uint8Array, stop: StopPublic, day: number, seed: Uint8Array, random: Random,
): Uint8Array | null {
  const box = sealBox(stop.boxKey, withdrawalOf(deployment, pseudonym, filingId, day, seed), random)
  return box === null ? null : signed("stop-put", concat(version, deployment, u32(day), pseudonym, filingId, stop.stopKey, box), seed)
}

/** StopRequest, 133 bytes. */
export function stopRequestOf(deployment: Uint8Array, keys: StopKeys, day: number, nonce: Uint8Array): Uint8Array {
  return signed("stop", concat(version, deployment, u32(day), keys.stopKey, nonce), keys.seed)
}

/** What a stop code can do: a withdrawal that is ready to be sent, and of which filing. */
export interface Stoppable {
  readonly filingId: Uint8Array
  readonly withdrawal: Uint8Array
}

/** Opens what the vault answered: what is not for this code is filling. */
export function openStops(answer: Uint8Array, keys: StopKeys): Stoppable[] {
  const boxes = Array.from({ length: Math.floor(answer.length / stopBoxSize) }, (_, i) => answer.slice(i * stopBoxSize, (i + 1) * stopBoxSize))
  return boxes.flatMap((box) => {
    const withdrawal = openBox(keys.boxSecret, box)
    return withdrawal === null ? [] : [{ withdrawal, filingId: withdrawal.slice(49, 65) }]
  })
}

/** Freeze, 150 bytes, signed by a pseudonym or, to stop only, by a stop key. WEP-1, section 10.2. */
export function freezeOf(
  deployment: Uint8Array, signer: Uint8Array, filingId: Uint8Array, freezes: boolean, day: number, nonce: Uint8Array, seed: Uint8Array,
): Uint8Array {
  return signed("freeze", concat(version, deployment, u32(day), signer, filingId, u8(freezes ? 1 : 2), nonce), seed)
}

/** Revocation, 150 bytes. WEP-1, section 9. */
export function revocationOf(
  deployment: Uint8Array, pseudonym: Uint8Array, filingId: Uint8Array, day: number, nonce: Uint8Array, seed: Uint8Array,
): Uint8Array {
  return signed("revocation", concat(version, deployment, pseudonym, filingId, u8(2), u32(day), nonce), seed)
}

/**
 * Σ sᵢ·α^(n−1−i) in GF(32) with α⁵ = α² + 1. The powers of α that twelve places have are all different, so every single wrong
 * symbol and every two symbols that changed places give another sum.
 */
function sum(symbols: readonly number[]): number {
  return symbols.reduce((total, symbol) => times(total) ^ symbol, 0)
}

function times(element: number): number {
  return (element << 1) ^ ((element & 16) === 0 ? 0 : 0b100101)
}
