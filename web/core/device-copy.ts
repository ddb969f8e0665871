import { hkdf } from "@noble/hashes/hkdf.js"
import { sha512 } from "@noble/hashes/sha2.js"
import { openOwn, sealOwn } from "./box.js"
import { ascii, type Random } from "./bytes.js"

const name = ascii("wetoo/v1/device-copy")

/** The key of a copy that stays on a device, from the receipt's 13 bytes. WEP-1, section 11. */
export function deviceKeyOf(receipt: Uint8Array): Uint8Array {
  return hkdf(sha512, receipt, new Uint8Array(0), name, 32)
}

/** Locks a draft, padded to a size class. `null` when it is longer than the largest. */
export function lockCopy(key: Uint8Array, draft: object, random: Random): Uint8Array | null {
  return sealOwn(key, name, draft, random)
}

/** Opens a locked draft; `null` when the key or the copy is another one. */
export function openCopy(key: Uint8Array, copy: Uint8Array): unknown {
  return openOwn(key, name, copy)
}
