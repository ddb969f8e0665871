import { chacha20poly1305 } from "@noble/ciphers/chacha.js"
import { x25519 } from "@noble/curves/ed25519.js"
import { hmac } from "@noble/hashes/hmac.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { agree, base64, chunkNonce, chunkSize, derive, stanzaTo } from "./age.js"
import { fromBech32, toBech32 } from "./bech32.js"
import { ascii, concat, equal, fromBase64, type Random } from "./bytes.js"

// Age files of one X25519 identity, written and read piece by piece: C2SP age, version 1.

const tagSize = 16
const headerSize = 21 + 1 + 53 + 1 + 43 + 1 + 47 + 1 // The intro, one stanza of two lines, the MAC; each with its line feed.

/** A fresh identity, `AGE-SECRET-KEY-1…`. */
export function newAgeIdentity(random: Random): string {
  return toBech32("age-secret-key-", random(32)).toUpperCase()
}

/** The length of an age file for one recipient with so much content. */
export function ageSize(size: number): number {
  return headerSize + 16 + size + tagSize * Math.max(1, Math.ceil(size / chunkSize))
}

/** Writes an age file. Holds at most one chunk of 64 KiB back, since the last one is marked. */
export class AgeWriter {
  readonly #key: Uint8Array
  #head: Uint8Array
  #waiting: Uint8Array = new Uint8Array(0)
  #number = 0

  private constructor(head: Uint8Array, key: Uint8Array) {
    this.#head = head
    this.#key = key
  }

  /** For whoever has the identity; `null` when it is none. */
  static to(identity: string, random: Random): AgeWriter | null {
    const secret = fromBech32("age-secret-key-", identity.toLowerCase())
    if (secret?.length !== 32) return null
    const fileKey = random(16)
    const stanza = stanzaTo(x25519.getPublicKey(secret), fileKey, random)
    if (stanza === null) return null
    const header = ascii(`age-encryption.org/v1\n${stanza}---`)
    const mac = hmac(sha256, derive(fileKey, undefined, "header"), header)
    const nonce = random(16)
    return new AgeWriter(concat(header, ascii(` ${base64(mac)}\n`), nonce), derive(fileKey, nonce, "payload"))
  }

  /** Takes more of the content; gives what of the file is ready. */
  push(plain: Uint8Array): Uint8Array {
    const whole = concat(this.#waiting, plain)
    const ready = Math.max(0, Math.ceil(whole.length / chunkSize) - 1) // What may be the last chunk waits.
    this.#waiting = whole.slice(ready * chunkSize)
    return this.#with(Array.from({ length: ready }, (_, i) => this.#seal(whole.slice(i * chunkSize, (i + 1) * chunkSize), false)))
  }

  finish(): Uint8Array {
    return this.#with([this.#seal(this.#waiting, true)])
  }

  #seal(chunk: Uint8Array, last: boolean): Uint8Array {
    return chacha20poly1305(this.#key, chunkNonce(this.#number++, last)).encrypt(chunk)
  }

  #with(chunks: readonly Uint8Array[]): Uint8Array {
    const head = this.#head
    this.#head = new Uint8Array(0)
    return concat(head, ...chunks)
  }
}

/** Reads an age file. What it gives is authentic; that nothing is missing is known at `finish` only. */
export class AgeReader {
  readonly #secret: Uint8Array | null
  #key: Uint8Array | null = null
  #waiting: Uint8Array = new Uint8Array(0)
  #number = 0

  constructor(identity: string) {
    this.#secret = fromBech32("age-secret-key-", identity.toLowerCase())
  }

  /** Takes more of the file; gives what of the content can be read by now, or `null` when it is not what was sealed. */
  push(bytes: Uint8Array): Uint8Array | null {
    this.#waiting = concat(this.#waiting, bytes)
    if (this.#key === null && !this.#readHead()) return this.#waiting.length > 4096 ? null : new Uint8Array(0)
    const ready = Math.max(0, Math.ceil(this.#waiting.length / (chunkSize + tagSize)) - 1)
    return this.#open(ready, false)
  }

  finish(): Uint8Array | null {
    return this.#key === null ? null : this.#open(1, true)
  }

  #open(count: number, last: boolean): Uint8Array | null {
    const plain: Uint8Array[] = []
    for (let i = 0; i < count; i += 1) {
      const chunk = this.#waiting.slice(0, chunkSize + tagSize)
      this.#waiting = this.#waiting.slice(chunk.length)
      // Only a file without content may end with an empty chunk.
      if (last && chunk.length === tagSize && this.#number > 0) return null
      const opened = decrypt(this.#key ?? new Uint8Array(32), chunkNonce(this.#number++, last), chunk)
      if (opened === null) return null
      plain.push(opened)
    }
    return concat(...plain)
  }

  #readHead(): boolean {
    const text = String.fromCharCode(...this.#waiting.slice(0, headerSize))
    const match = /^(age-encryption\.org\/v1\n-> X25519 ([A-Za-z0-9+/]{43})\n([A-Za-z0-9+/]{43})\n---) ([A-Za-z0-9+/]{43})\n$/.exec(text)
    const nonce = this.#waiting.slice(headerSize, headerSize + 16)
    if (match === null || nonce.length < 16 || this.#secret?.length !== 32) return false
    const [, header = "", share = "", body = "", mac = ""] = match
    const fileKey = unwrap(this.#secret, unpadded(share), unpadded(body))
    if (fileKey === null || !equal(hmac(sha256, derive(fileKey, undefined, "header"), ascii(header)), unpadded(mac))) return false
    this.#key = derive(fileKey, nonce, "payload")
    this.#waiting = this.#waiting.slice(headerSize + 16)
    return true
  }
}

function unwrap(secret: Uint8Array, share: Uint8Array, body: Uint8Array): Uint8Array | null {
  const shared = agree(secret, share)
  return shared && decrypt(derive(shared, concat(share, x25519.getPublicKey(secret)), "age-encryption.org/v1/X25519"), new Uint8Array(12), body)
}

function decrypt(key: Uint8Array, nonce: Uint8Array, bytes: Uint8Array): Uint8Array | null {
  try {
    return chacha20poly1305(key, nonce).decrypt(bytes)
  } catch {
    return null // The library throws when the tag differs.
  }
}

function unpadded(text: string): Uint8Array {
  return fromBase64(text.padEnd(Math.ceil(text.length / 4) * 4, "=")) ?? new Uint8Array(0)
}
