import { hkdf } from "@noble/hashes/hkdf.js"
import { sha256, sha512 } from "@noble/hashes/sha2.js"
import { openText, sealText } from "./box.js"
import { ascii, concat, equal, fromHex, toHex, type Random } from "./bytes.js"
import { isObject, isWhole, parseJson } from "./json.js"
import { sizeClasses } from "./packages.js"
import { signed, verify } from "./signing.js"
import { Reader, u32, u8, vec32 } from "./wire.js"

/** What an author adds to an account that is sealed. WEP-1, section 6.1. */
export interface AddendumContent {
  readonly wetoo: "addendum/1"
  readonly kind: "addition" | "correction"
  readonly text: string
  readonly sealed_day: number
  /** The fingerprint of what was sealed before: the account, or the addition before this one. */
  readonly follows: string
  /** A note of somebody else, to the byte, with its salt in hex and the proof of its date. */
  readonly note?: { readonly thing: string, readonly salt: string, readonly proof: string | null }
}

/** Additions to one account, at most. */
export const mostAddenda = 99

/** The key for additions to one filing. It stands in the account: who may read the account may read them, and nobody else. */
export function addendaKeyOf(boxKey: Uint8Array, filingId: Uint8Array): Uint8Array {
  return hkdf(sha512, boxKey, new Uint8Array(0), concat(ascii("wetoo/v1/addenda"), filingId), 32)
}

/** SHA-256, in hex, of what is sealed, to the byte. */
export function fingerprintOf(json: string): string {
  return toHex(sha256(ascii(json)))
}

/** Which addition this is, to what, and whose. */
export interface AddendumPlace {
  readonly deployment: Uint8Array
  readonly pseudonym: Uint8Array
  readonly filingId: Uint8Array
  /** From 1. */
  readonly number: number
}

function labelOf({ deployment, pseudonym, filingId, number }: AddendumPlace): Uint8Array {
  return concat(ascii("wetoo/v1/addendum"), deployment, pseudonym, filingId, u8(number))
}

/** Seals an addition and signs it: the whole Addendum. `null` when it is longer than the largest size class. */
export function addendumOf(
  place: AddendumPlace, key: Uint8Array, content: AddendumContent, day: number, seed: Uint8Array, random: Random,
): Uint8Array | null {
  const sealed = sealText(key, labelOf(place), JSON.stringify(content), sizeClasses.addendum, random)
  if (sealed === null) return null
  const { deployment, pseudonym, filingId, number } = place
  return concat(signed("addendum", concat(u8(1), deployment, pseudonym, filingId, u8(number), u32(day), sha256(sealed)), seed), vec32(sealed))
}

/** An addition as a counselor reads it. */
export interface ReadAddendum {
  readonly number: number
  readonly content: AddendumContent
  /** What the next one must say that it follows. */
  readonly fingerprint: string
}

/**
 * Opens an addition with what stands in the account.
 *
 * @param message - The signed part, 166 bytes.
 * @returns `null` when it is not by the author of this account, not for this filing, or not what was signed.
 */
export function openAddendum(
  account: { readonly addenda_key?: unknown, readonly pseudonym?: unknown }, deployment: Uint8Array, filingId: Uint8Array, message: Uint8Array, sealed: Uint8Array,
): ReadAddendum | null {
  const [key, pseudonym] = [fromHex(account.addenda_key, 32), fromHex(account.pseudonym, 32)]
  const reader = new Reader(message)
  reader.u8(1, 1)
  const [at, by, to, number] = [reader.bytes(16), reader.bytes(32), reader.bytes(16), reader.u8(1, mostAddenda)]
  reader.u32()
  const [hash, signature] = [reader.bytes(32), reader.bytes(64)]
  if (!reader.done || key === null || pseudonym === null) return null
  if (!equal(at, deployment) || !equal(by, pseudonym) || !equal(to, filingId) || !equal(hash, sha256(sealed))) return null
  if (!verify("addendum", message.slice(0, -64), signature, pseudonym)) return null

  const json = openText(key, labelOf({ deployment, pseudonym, filingId, number }), sealed)
  const content = json === null ? null : parseAddendum(json)
  return json === null || content === null ? null : { number, content, fingerprint: fingerprintOf(json) }
}

/** Whether each version says that it follows the one before, to the byte. Needs no network. @param account - The dated form of the account. */
export function versionsHold(account: string, addenda: readonly AddendumContent[]): boolean {
  const texts = [account, ...addenda.map((one) => JSON.stringify(one))]
  return addenda.every(({ follows }, i) => follows === fingerprintOf(texts[i] ?? ""))
}

/** `null` when it is no addition. Members that we do not know are passed over. */
export function parseAddendum(json: string): AddendumContent | null {
  const content = parseJson(json)
  return isAddendum(content) ? content : null
}

export function isAddendum(value: unknown): value is AddendumContent {
  return isObject(value) && value["wetoo"] === "addendum/1"
    && (value["kind"] === "addition" || value["kind"] === "correction")
    && typeof value["text"] === "string" && isWhole(value["sealed_day"], 0, 2 ** 32 - 1) && typeof value["follows"] === "string"
}
