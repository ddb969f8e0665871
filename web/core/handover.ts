import { hasFailed, type Edge, type Failed, type Visit } from "./author.js"
import { concat, equal, fromHex } from "./bytes.js"
import type { Keyset } from "./keyset.js"
import { publicKey, signed, verify } from "./signing.js"
import { Reader, u32, u8 } from "./wire.js"

const version = u8(1)

/** Who would have a case, by the word of who has it. WEP-1, section 12.8. */
export interface Handover {
  readonly counselor: Uint8Array
  readonly successor: Uint8Array
  readonly fromDay: number
  readonly noteSha256: Uint8Array
}

/** Handover, 201 bytes. */
export function handoverOf(deployment: Uint8Array, day: number, filingId: Uint8Array, successor: Uint8Array, fromDay: number, noteSha256: Uint8Array, seed: Uint8Array): Uint8Array {
  return signed("handover", concat(version, deployment, u32(day), publicKey(seed), filingId, successor, u32(fromDay), noteSha256), seed)
}

/** HandoverAnswer, 166 bytes. */
export function handoverAnswerOf(deployment: Uint8Array, day: number, filingId: Uint8Array, successor: Uint8Array, agrees: boolean, seed: Uint8Array): Uint8Array {
  return signed("handover-answer", concat(version, deployment, u32(day), publicKey(seed), filingId, successor, u8(agrees ? 1 : 2)), seed)
}

/** A signed Handover of this filing by its signer, whoever that is, to somebody on the roster; `null` when it is not. */
export function readHandover({ deployment, counselors }: Keyset, filingId: Uint8Array, message: Uint8Array): Handover | null {
  const reader = new Reader(message)
  const first = reader.u8(1, 1)
  const [where, , counselor, which, successor] = [reader.bytes(16), reader.bytes(4), reader.bytes(32), reader.bytes(16), reader.bytes(32)] as const
  const [fromDay, noteSha256, signature] = [reader.u32(), reader.bytes(32), reader.bytes(64)]
  return reader.done && first === 1 && equal(where, deployment) && equal(which, filingId) && counselors.some((one) => equal(one.signing, successor))
    && verify("handover", message.subarray(0, -64), signature, counselor) ? { counselor, successor, fromDay, noteSha256 } : null
}

/** An author says whether somebody may have their case; `null`, or what came instead. */
export async function answerHandover(edge: Edge, { keyset, keys }: Visit, filingId: string, successor: Uint8Array, agrees: boolean): Promise<Failed | null> {
  const id = fromHex(filingId, 16)
  const answer = id === null ? { failed: "malformed-message" } : await edge.ask("POST", "/v1/handovers", handoverAnswerOf(keyset.deployment, edge.today(), id, successor, agrees, keys.seed))
  return hasFailed(answer) ? answer : null
}
