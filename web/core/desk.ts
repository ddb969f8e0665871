import { Decrypter } from "age-encryption"
import { sha256 } from "@noble/hashes/sha2.js"
import type { Edge, Failed } from "./author.js"
import { ascii, concat, fromBase64, fromHex, toBase64Url } from "./bytes.js"
import type { Keyset } from "./keyset.js"
import { publicKey, sign } from "./signing.js"
import { u16, u64, u8 } from "./wire.js"

/** A counselor's keys, made in their browser. Whoever has them reads what is sealed to this counselor. */
export interface CounselorKeys {
  /** AGE-SECRET-KEY-1… */
  readonly age: string
  /** An Ed25519 seed, in hex. */
  readonly signing: string
}

/** The edge of the desk also knows the time, in seconds. */
export interface DeskEdge extends Edge {
  now_s(): number
}

/** Asks the vault as a counselor. WEP-1, section 12. */
export function askSigned(
  edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, method: "GET" | "POST", path: string, body?: Uint8Array,
): Promise<Uint8Array | Failed> {
  const header = deskHeader(keyset.deployment, edge.now_s(), edge.random(16), method, path, body ?? new Uint8Array(0), seedOf(keys))
  return edge.ask(method, path, body, { "WeToo-Desk": header })
}

/** The text of an age file; `null` when it is not for this counselor. */
export async function decrypt(keys: CounselorKeys, base64: unknown): Promise<string | null> {
  const file = fromBase64(base64)
  if (file === null || file.length === 0) return null
  try {
    const decrypter = new Decrypter()
    decrypter.addIdentity(keys.age)
    return await decrypter.decrypt(file, "text")
  } catch {
    return null // The library throws for a file that is not for this counselor.
  }
}

export function seedOf(keys: CounselorKeys): Uint8Array {
  return fromHex(keys.signing, 32) ?? new Uint8Array(32)
}

/** The value of the header `WeToo-Desk`. WEP-1, section 12. */
export function deskHeader(
  deployment: Uint8Array, time_s: number, nonce: Uint8Array, method: string, path: string, body: Uint8Array, seed: Uint8Array,
): string {
  const [verb, target, time] = [ascii(method), ascii(path), u64(BigInt(time_s))]
  const message = concat(deployment, time, nonce, u8(verb.length), verb, u16(target.length), target, sha256(body))
  return toBase64Url(concat(publicKey(seed), time, nonce, sign("desk", message, seed)))
}
