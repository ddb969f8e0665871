import { xchacha20poly1305 } from "@noble/ciphers/chacha.js"
import { ascii, concat, type Random } from "./bytes.js"
import { padTo, sizeClasses } from "./packages.js"
import { Reader, vec32 } from "./wire.js"

/** Encrypts the author's own copy into the smallest size class. WEP-1, section 11. `null` when it is too long. */
export function sealOwn(key: Uint8Array, pseudonym: Uint8Array, content: object, random: Random): Uint8Array | null {
  return sealText(key, pseudonym, JSON.stringify(content), sizeClasses.box, random)
}

/** nonce[24] ‖ XChaCha20-Poly1305 of `u32 length ‖ text ‖ zeros` up to a size class. `null` when it is longer than the largest. */
export function sealText(key: Uint8Array, associated: Uint8Array, text: string, classes: readonly number[], random: Random): Uint8Array | null {
  const padded = padTo(vec32(ascii(text)), classes)
  if (padded === null) return null
  const nonce = random(24)
  return concat(nonce, xchacha20poly1305(key, nonce, associated).encrypt(padded))
}

/** Decrypts the author's own copy; `null` when key, pseudonym or box is another one. */
export function openOwn(key: Uint8Array, pseudonym: Uint8Array, box: Uint8Array): unknown {
  try {
    return JSON.parse(openText(key, pseudonym, box) ?? "null")
  } catch {
    return null // Not JSON.
  }
}

/** Opens what `sealText` gave; `null` when anything differs from what was sealed. */
export function openText(key: Uint8Array, associated: Uint8Array, sealed: Uint8Array): string | null {
  if (sealed.length < 40) return null
  try {
    const reader = new Reader(xchacha20poly1305(key, sealed.slice(0, 24), associated).decrypt(sealed.slice(24)))
    const text = reader.vec32(reader.left)
    return reader.failed ? null : new TextDecoder().decode(text)
  } catch {
    return null // The library throws when the tag differs.
  }
}
