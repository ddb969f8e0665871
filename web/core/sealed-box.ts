import { xsalsa20poly1305, hsalsa } from "@noble/ciphers/salsa.js"
import { x25519 } from "@noble/curves/ed25519.js"
import { blake2b } from "@noble/hashes/blake2.js"
import { concat, type Random } from "./bytes.js"

/** libsodium's crypto_box_seal: one-time public key ‖ box. `null` when the recipient's key is of small order. */
export function sealBox(recipient: Uint8Array, message: Uint8Array, random: Random): Uint8Array | null {
  const once = random(32)
  const share = x25519.getPublicKey(once)
  const key = boxKey(once, recipient)
  return key === null ? null : concat(share, xsalsa20poly1305(key, nonceOf(share, recipient)).encrypt(message))
}

/** Opens a sealed box; `null` when it is not one for this key. */
export function openBox(secret: Uint8Array, box: Uint8Array): Uint8Array | null {
  const share = box.slice(0, 32)
  const key = box.length < 48 ? null : boxKey(secret, share)
  if (key === null) return null
  try {
    return xsalsa20poly1305(key, nonceOf(share, x25519.getPublicKey(secret))).decrypt(box.slice(32))
  } catch {
    return null // The library throws when the tag differs.
  }
}

function nonceOf(share: Uint8Array, recipient: Uint8Array): Uint8Array {
  return blake2b(concat(share, recipient), { dkLen: 24 })
}

/** crypto_box_beforenm: HSalsa20 of the shared point. */
function boxKey(secret: Uint8Array, publicKey: Uint8Array): Uint8Array | null {
  try {
    return hSalsa20(x25519.getSharedSecret(secret, publicKey))
  } catch {
    return null // The library throws when the shared point is zero.
  }
}

function hSalsa20(shared: Uint8Array): Uint8Array {
  const words = (bytes: Uint8Array) => new Uint32Array(bytes.slice().buffer)
  const key = new Uint32Array(8)
  hsalsa(words(new TextEncoder().encode("expand 32-byte k")), words(shared), new Uint32Array(4), key)
  return new Uint8Array(key.buffer)
}
