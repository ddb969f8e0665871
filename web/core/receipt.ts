import { wordlist } from "@scure/bip39/wordlists/english.js"
import { hkdf } from "@noble/hashes/hkdf.js"
import { sha256, sha512 } from "@noble/hashes/sha2.js"
import { ascii, type Random } from "./bytes.js"
import { publicKey } from "./signing.js"

export { wordlist as receiptWords }
export const wordCount = 10
const entropySize = 13
const lettersThatTell = 4

/** A receipt's 13 random bytes. Whoever has them is the author. */
export type Receipt = Uint8Array

export function newReceipt(random: Random): Receipt {
  return random(entropySize)
}

/** The ten words, to be written down. WEP-1, section 3. */
export function wordsOf(receipt: Receipt): string[] {
  let bits = receipt.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  bits = (bits << 6n) | BigInt((sha256(receipt)[0] ?? 0) >> 2)
  return Array.from({ length: wordCount }, (_, i) => wordlist[Number((bits >> BigInt(11 * (wordCount - 1 - i))) & 2047n)] ?? "")
}

/** The listed word that somebody means: any case, and four letters are enough. `null` when there is none. */
export function meantWord(typed: string): string | null {
  const word = typed.normalize("NFKC").trim().toLowerCase()
  return wordlist.find((listed) => listed === word || (word.length >= lettersThatTell && listed.startsWith(word))) ?? null
}

/** Reads words as a person types them; `null` when there are not ten known words or the check bits differ. */
export function parseReceipt(text: string): Receipt | null {
  const words = text.split(/\s+/u).filter((word) => word !== "").map(meantWord)
  if (words.length !== wordCount || words.includes(null)) return null

  const bits = words.reduce((sum, word) => (sum << 11n) | BigInt(wordlist.indexOf(word ?? "")), 0n)
  const receipt = Uint8Array.from({ length: entropySize }, (_, i) => Number((bits >> BigInt(6 + 8 * (entropySize - 1 - i))) & 255n))
  return Number(bits & 63n) === (sha256(receipt)[0] ?? 0) >> 2 ? receipt : null
}

/** What a receipt gives in one deployment. */
export interface AuthorKeys {
  /** The Ed25519 seed of the pseudonym. */
  readonly seed: Uint8Array
  readonly pseudonym: Uint8Array
  readonly boxKey: Uint8Array
}

export function keysOf(receipt: Receipt, deployment: Uint8Array): AuthorKeys {
  const root = hkdf(sha512, receipt, deployment, ascii("wetoo/v1/receipt"), 64)
  const derive = (info: string) => hkdf(sha512, root, new Uint8Array(0), ascii(info), 32)
  const seed = derive("wetoo/v1/pseudonym")
  return { seed, pseudonym: publicKey(seed), boxKey: derive("wetoo/v1/box-key") }
}
