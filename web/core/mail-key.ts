import { x25519 } from "@noble/curves/ed25519.js"
import { hkdf } from "@noble/hashes/hkdf.js"
import { sha512 } from "@noble/hashes/sha2.js"
import { fromBech32, toBech32 } from "./bech32.js"
import { ascii } from "./bytes.js"

/** What an author's counselor seals to first: an age identity from the receipt. Its recipient stands in the contact part. WEP-1, section 17. */
export function firstIdentity(boxKey: Uint8Array): string {
  return toBech32("age-secret-key-", hkdf(sha512, boxKey, new Uint8Array(0), ascii("wetoo/v1/mail"), 32)).toUpperCase()
}

/** The recipient of an age identity. */
export function recipientOf(identity: string): string {
  return toBech32("age", x25519.getPublicKey(fromBech32("age-secret-key-", identity.toLowerCase()) ?? new Uint8Array(32)))
}
