import { sha512 } from "@noble/hashes/sha2.js"
import type { Identifier } from "./identifiers.js"

/** Argon2id (RFC 9106) with 64 MiB, three passes, one lane and 32 bytes of output: in pages, a worker with `hash-wasm`. */
export type Stretch = (password: Uint8Array, salt: Uint8Array) => Promise<Uint8Array>

/**
 * x, the slow hash of an identifier, which the evaluation blinds: spec/identifiers.md, section 10.
 *
 * @param deployment - 16 bytes: one list of hashes serves against one deployment only.
 * @returns 32 bytes. They are the accused in other letters, and must not be kept or sent.
 */
export function identifierKey(identifier: Pick<Identifier, "canonical">, deployment: Uint8Array, stretch: Stretch): Promise<Uint8Array> {
  return stretch(new TextEncoder().encode(identifier.canonical), sha512(deployment).slice(0, 16))
}
