import { hkdf } from "@noble/hashes/hkdf.js"
import { sha256, sha512 } from "@noble/hashes/sha2.js"
import { ascii, concat } from "./bytes.js"

/** What an entry of the log is of: 1 account, 2 addendum, 3 filing, 4 keyset, 5 roster, 6 release, 7 letter revision, 8 signature count, 9 match notice, 10 note. spec/log.md. */
export type EntryKind = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10

/** The salt of what an author sealed: the same each time, and unknown to whoever lacks the box key. */
export function saltFor(boxKey: Uint8Array, kind: EntryKind, thing: Uint8Array): Uint8Array {
  return hkdf(sha512, boxKey, new Uint8Array(0), concat(ascii("wetoo/v1/log"), Uint8Array.of(kind), sha256(thing)), 32)
}

/** Of what everybody may read, so that everybody finds its entry. */
export const publicSalt = new Uint8Array(32)

/** The entry of a thing: kind ‖ version ‖ SHA-256(salt ‖ thing), 34 bytes. */
export function entryOf(kind: EntryKind, salt: Uint8Array, thing: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(kind, 1), sha256(concat(salt, thing)))
}
