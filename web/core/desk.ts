import { sha256 } from "@noble/hashes/sha2.js"
import { ascii, concat, toBase64Url } from "./bytes.js"
import { publicKey, sign } from "./signing.js"
import { u16, u64, u8 } from "./wire.js"

/** The value of the header `WeToo-Desk`. WEP-1, section 12. */
export function deskHeader(
  deployment: Uint8Array, time_s: number, nonce: Uint8Array, method: string, path: string, body: Uint8Array, seed: Uint8Array,
): string {
  const [verb, target, time] = [ascii(method), ascii(path), u64(BigInt(time_s))]
  const message = concat(deployment, time, nonce, u8(verb.length), verb, u16(target.length), target, sha256(body))
  return toBase64Url(concat(publicKey(seed), time, nonce, sign("desk", message, seed)))
}
