import { xchacha20poly1305 } from "@noble/ciphers/chacha.js"
import { ascii, concat, type Random } from "./bytes.js"
import { padTo, sizeClasses } from "./packages.js"
import { Reader, vec32 } from "./wire.js"

/** Encrypts the author's own copy into the smallest size class. WEP-1, section 11. `null` when it is too long. */
export function sealOwn(key: Uint8Array, pseudonym: Uint8Array, content: object, random: Random): Uint8Array | null {
  const padded = padTo(vec32(ascii(JSON.stringify(content))), sizeClasses.box)
  if (padded === null) return null
  const nonce = random(24)
  return concat(nonce, xchacha20poly1305(key, nonce, pseudonym).encrypt(padded))
}

/** Decrypts the author's own copy; `null` when key, pseudonym or box is another one. */
export function openOwn(key: Uint8Array, pseudonym: Uint8Array, box: Uint8Array): unknown {
  if (box.length < 40) return null
  try {
    const reader = new Reader(xchacha20poly1305(key, box.slice(0, 24), pseudonym).decrypt(box.slice(24)))
    const json = reader.vec32(reader.left)
    return reader.failed ? null : JSON.parse(new TextDecoder().decode(json))
  } catch {
    return null // The library throws when the tag differs.
  }
}
