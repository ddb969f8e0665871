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

/** A list of 2048 words, of which four letters tell one from all others. */
export type WordList = readonly string[]

/** The ten words, to be written down. WEP-1, section 3. */
export function wordsOf(receipt: Receipt, list: WordList = wordlist): string[] {
  return toWords(receipt, checkOf(receipt), list)
}

/** The listed word that somebody means: any case, with or without its accents, and four letters are enough. `null` when there is none. */
export function meantWord(typed: string, list: WordList = wordlist): string | null {
  const word = plain(typed)
  return list.find((listed) => plain(listed) === word || (word.length >= lettersThatTell && plain(listed).startsWith(word))) ?? null
}

/** Reads words of one of the lists, or digits, as a person types them; `null` when they are none, or the check differs. */
export function parseReceipt(text: string, lists: readonly WordList[] = [wordlist]): Receipt | null {
  for (const list of lists) {
    const read = fromWords(text, list)
    if (read !== null && read.check === checkOf(read.entropy)) return read.entropy
  }
  return parseDigits(text)
}

/** 13 bytes and 6 check bits, as ten words. */
export function toWords(entropy: Uint8Array, check: number, list: WordList): string[] {
  const bits = (numberOf(entropy) << 6n) | BigInt(check)
  return Array.from({ length: wordCount }, (_, i) => list[Number((bits >> BigInt(11 * (wordCount - 1 - i))) & 2047n)] ?? "")
}

/** Ten words of a list, as 13 bytes and 6 check bits that are still to be compared. */
export function fromWords(text: string, list: WordList): { readonly entropy: Uint8Array, readonly check: number } | null {
  const words = text.split(/\s+/u).filter((word) => word !== "").map((word) => meantWord(word, list))
  if (words.length !== wordCount || words.includes(null)) return null

  const bits = words.reduce((sum, word) => (sum << 11n) | BigInt(list.indexOf(word ?? "")), 0n)
  return { entropy: bytesOf(bits >> 6n), check: Number(bits & 63n) }
}

const digitCount = 32
const checkDigitCount = 4
/** The largest prime below 10,000 by which neither one wrong digit nor two that changed places go unnoticed. */
const checkPrime = 9973n

/** The receipt in digits: 32 that are its number, and four that check it, in nine groups of four. WEP-1, section 3. */
export function digitsOf(receipt: Receipt): string {
  const number = numberOf(receipt)
  const digits = number.toString().padStart(digitCount, "0") + (number % checkPrime).toString().padStart(checkDigitCount, "0")
  return digits.match(/.{4}/g)?.join(" ") ?? ""
}

/** Reads digits as a person types them, of any script, with spaces and dashes; `null` when they are none, or the check differs. */
export function parseDigits(text: string): Receipt | null {
  const digits = [...text.replace(/[\s\p{Pd}.,،٫]/gu, "")].map(digitOf)
  if (digits.length !== digitCount + checkDigitCount || digits.includes(null)) return null

  const number = BigInt(digits.slice(0, digitCount).join(""))
  const right = number < 1n << BigInt(8 * entropySize) && number % checkPrime === BigInt(digits.slice(digitCount).join(""))
  return right ? bytesOf(number) : null
}

/** The zeros of the scripts whose digits people type: ASCII, Arabic, Eastern Arabic, Devanagari, Bengali, fullwidth. */
const zeros = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xff10]

function digitOf(character: string): number | null {
  const code = character.codePointAt(0) ?? 0
  const zero = zeros.find((first) => code >= first && code <= first + 9)
  return zero === undefined ? null : code - zero
}

function checkOf(receipt: Receipt): number {
  return (sha256(receipt)[0] ?? 0) >> 2
}

function plain(word: string): string {
  return word.trim().normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
}

function numberOf(bytes: Uint8Array): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
}

function bytesOf(number: bigint): Uint8Array {
  return Uint8Array.from({ length: entropySize }, (_, i) => Number((number >> BigInt(8 * (entropySize - 1 - i))) & 255n))
}

/** What a receipt gives in one deployment. */
export interface AuthorKeys {
  /** The Ed25519 seed of the pseudonym. */
  readonly seed: Uint8Array
  readonly pseudonym: Uint8Array
  readonly boxKey: Uint8Array
  /** The Ed25519 seed of the key that asks for neutral mails: nobody else can link it to the pseudonym. */
  readonly nudgeSeed: Uint8Array
  /** The Ed25519 seed of the key by which they stand by what they show to others. */
  readonly signerSeed: Uint8Array
}

export function keysOf(receipt: Receipt, deployment: Uint8Array): AuthorKeys {
  const root = hkdf(sha512, receipt, deployment, ascii("wetoo/v1/receipt"), 64)
  const derive = (info: string) => hkdf(sha512, root, new Uint8Array(0), ascii(info), 32)
  const seed = derive("wetoo/v1/pseudonym")
  return { seed, pseudonym: publicKey(seed), boxKey: derive("wetoo/v1/box-key"), nudgeSeed: derive("wetoo/v1/nudge"), signerSeed: derive("wetoo/v1/signer") }
}
