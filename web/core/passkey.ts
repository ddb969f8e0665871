import { hkdf } from "@noble/hashes/hkdf.js"
import { sha512 } from "@noble/hashes/sha2.js"
import { openOwn, sealOwn } from "./box.js"
import { ascii, fromHex, toHex, type Random } from "./bytes.js"
import type { Receipt } from "./receipt.js"

/** What the authenticator's PRF is asked about, and what its answer is for. WEP-1, section 11. */
export const passkeyName = ascii("wetoo/v1/passkey")

/** The key under which a receipt stays on a device, from the 32 bytes that a passkey answers (PRF extension of WebAuthn Level 3). */
export function passkeyKeyOf(output: Uint8Array): Uint8Array {
  return hkdf(sha512, output, new Uint8Array(0), passkeyName, 32)
}

/** Locks a receipt in the form and the length of any copy on a device. */
export function lockReceipt(key: Uint8Array, receipt: Receipt, random: Random): Uint8Array {
  const copy = sealOwn(key, passkeyName, { receipt: toHex(receipt) }, random)
  if (copy === null) throw new RangeError("A receipt fits every size class.")
  return copy
}

/** Opens what `lockReceipt` gave; `null` when it is anything else, or locked under another key. */
export function openReceipt(key: Uint8Array, copy: Uint8Array): Receipt | null {
  const content = openOwn(key, passkeyName, copy)
  const hex = typeof content === "object" && content !== null && "receipt" in content ? content.receipt : null
  return typeof hex === "string" ? fromHex(hex, 13) : null
}
