import { ed25519 } from "@noble/curves/ed25519.js"
import { ascii, concat } from "./bytes.js"

/** What a signature is for: the last part of its tag. WEP-1, section 1.1. */
export type Purpose =
  | "evaluate" | "filing" | "direct" | "mail" | "mail-part" | "slips" | "withdrawal" | "consent" | "status" | "box" | "file-part" | "addendum" | "finding" | "hold" | "recheck" | "desk" | "opening" | "keyset" | "manifest" | "stop-put" | "stop" | "freeze" | "meet" | "meet-vouch" | "meet-put" | "handover" | "handover-answer" | "revocation" | "nudge-put" | "nudge" | "note-box" | "note" | "team-change" | "team-evaluate" | "conflict"

function preimage(purpose: Purpose, message: Uint8Array): Uint8Array {
  const tag = ascii(`wetoo/v1/${purpose}`)
  return concat(Uint8Array.of(tag.length), tag, message)
}

export function publicKey(seed: Uint8Array): Uint8Array {
  return ed25519.getPublicKey(seed)
}

/** Signs with a 32-byte seed; 64 bytes. RFC 8032. */
export function sign(purpose: Purpose, message: Uint8Array, seed: Uint8Array): Uint8Array {
  return ed25519.sign(preimage(purpose, message), seed)
}

/** message ‖ signature[64]. */
export function signed(purpose: Purpose, message: Uint8Array, seed: Uint8Array): Uint8Array {
  return concat(message, sign(purpose, message, seed))
}

/** Strict verification, without the leniency of ZIP 215. */
export function verify(purpose: Purpose, message: Uint8Array, signature: Uint8Array, key: Uint8Array): boolean {
  if (signature.length !== 64 || key.length !== 32) return false
  try {
    return ed25519.verify(signature, preimage(purpose, message), key, { zip215: false })
  } catch {
    return false // The library throws for keys that are no points.
  }
}
