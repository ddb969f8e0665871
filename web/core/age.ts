import { chacha20poly1305 } from "@noble/ciphers/chacha.js"
import { x25519 } from "@noble/curves/ed25519.js"
import { hkdf } from "@noble/hashes/hkdf.js"
import { hmac } from "@noble/hashes/hmac.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { fromBech32 } from "./bech32.js"
import { ascii, concat, toBase64, type Random } from "./bytes.js"

// What an author needs of age: the writer. Counselors read with age-encryption. docs/adr/0044.

export const chunkSize = 65_536
const fileKeySize = 16

/**
 * Seals to X25519 recipients, `age1…`: any one of them can open. C2SP age, version 1. `null` when there is no recipient or one is none.
 *
 * @param random - For the file key, the one-time keys and the nonce.
 */
export function encryptTo(recipients: readonly string[], plaintext: Uint8Array, random: Random): Uint8Array | null {
  const fileKey = random(fileKeySize)
  const stanzas = recipients.map((recipient) => stanzaFor(recipient, fileKey, random))
  if (stanzas.length === 0 || stanzas.includes(null)) return null

  return ageFile(stanzas.join(""), fileKey, plaintext, random)
}

/** The file of one file key, wrapped in the stanzas of those who open it. */
export function ageFile(stanzas: string, fileKey: Uint8Array, plaintext: Uint8Array, random: Random): Uint8Array {
  const header = ascii(`age-encryption.org/v1\n${stanzas}---`)
  const mac = hmac(sha256, derive(fileKey, undefined, "header"), header)
  const nonce = random(16)
  return concat(header, ascii(` ${base64(mac)}\n`), nonce, stream(derive(fileKey, nonce, "payload"), plaintext))
}

/** The file key, wrapped for one recipient. C2SP age, "X25519 recipient stanza". */
function stanzaFor(recipient: string, fileKey: Uint8Array, random: Random): string | null {
  const publicKey = fromBech32("age", recipient)
  return publicKey?.length === 32 ? stanzaTo(publicKey, fileKey, random) : null
}

export function stanzaTo(publicKey: Uint8Array, fileKey: Uint8Array, random: Random): string | null {
  const once = random(32)
  const share = x25519.getPublicKey(once)
  const shared = agree(once, publicKey)
  if (shared === null) return null

  const key = derive(shared, concat(share, publicKey), "age-encryption.org/v1/X25519")
  const body = chacha20poly1305(key, new Uint8Array(12)).encrypt(fileKey) // The key is used once.
  return `-> X25519 ${base64(share)}\n${base64(body)}\n`
}

/** STREAM: chunks of 64 KiB, each with its number, the last one marked. C2SP age, "Payload". */
function stream(key: Uint8Array, plaintext: Uint8Array): Uint8Array {
  const count = Math.max(1, Math.ceil(plaintext.length / chunkSize))
  return concat(...Array.from({ length: count }, (_, i) => {
    return chacha20poly1305(key, chunkNonce(i, i === count - 1)).encrypt(plaintext.slice(i * chunkSize, (i + 1) * chunkSize))
  }))
}

/** Of the eleven bytes of a chunk's number, four are enough for 256 TiB. */
export function chunkNonce(number: number, last: boolean): Uint8Array {
  const nonce = new Uint8Array(12)
  new DataView(nonce.buffer).setUint32(7, number)
  nonce[11] = last ? 1 : 0
  return nonce
}

export function agree(secret: Uint8Array, publicKey: Uint8Array): Uint8Array | null {
  try {
    return x25519.getSharedSecret(secret, publicKey)
  } catch {
    return null // The library throws when the shared point is zero.
  }
}

export function derive(key: Uint8Array, salt: Uint8Array | undefined, info: string): Uint8Array {
  return hkdf(sha256, key, salt, ascii(info), 32)
}

export function base64(bytes: Uint8Array): string {
  return toBase64(bytes).replace(/=+$/, "")
}
