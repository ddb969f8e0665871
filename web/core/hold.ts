import { concat, equal, fromBase64, toHex } from "./bytes.js"
import type { Keyset } from "./keyset.js"
import { publicKey, signed, verify } from "./signing.js"
import { u32, u8 } from "./wire.js"

export const holdActs = { keep: 1, lift: 2 } as const
export type HoldAct = typeof holdActs[keyof typeof holdActs]

/** 1 a court or an authority ordered it, 2 it may be needed in proceedings, 3 its author asked for it. */
export type HoldReason = 1 | 2 | 3

const size = 139

/** What one person signed about keeping a case. WEP-1, section 12.5. */
export interface Hold {
  /** The signing key, in hex. */
  readonly signer: string
  readonly filingId: string
  readonly act: HoldAct
  readonly reason: HoldReason
  readonly untilDay: number
}

/** Hold, 139 bytes. */
export function holdOf(deployment: Uint8Array, filingId: Uint8Array, act: HoldAct, reason: HoldReason, untilDay: number, day: number, seed: Uint8Array): Uint8Array {
  return signed("hold", concat(u8(1), deployment, publicKey(seed), filingId, u8(act), u8(reason), u32(untilDay), u32(day)), seed)
}

/** Reads what somebody signed; `null` when it is of another form or deployment, or nobody signed it. */
export function readHold(message: Uint8Array | null, deployment: Uint8Array): Hold | null {
  if (message === null || message.length !== size || message[0] !== 1 || !equal(message.slice(1, 17), deployment)) return null

  const [signer, act, reason] = [message.slice(17, 49), message[65] ?? 0, message[66] ?? 0]
  if (act < 1 || act > 2 || reason < 1 || reason > 3 || !verify("hold", message.slice(0, 75), message.slice(75), signer)) return null
  return {
    signer: toHex(signer), filingId: toHex(message.slice(49, 65)), act: act as HoldAct, reason: reason as HoldReason,
    untilDay: new DataView(message.buffer, message.byteOffset).getUint32(67),
  }
}

/** What two people signed to keep a filing; `null` when it is not what two different people signed, or neither is on the roster. The second name is `null` for who is not, or no longer, on it. */
export function heldBy(first: unknown, second: unknown, filingId: string, { deployment, counselors }: Keyset): { readonly hold: Hold, readonly names: readonly [string, string | null] } | null {
  const [one, other] = [readHold(fromBase64(first), deployment), readHold(fromBase64(second), deployment)]
  if (one === null || other === null || one.signer === other.signer) return null

  const names = [one, other].map(({ signer }) => counselors.find(({ signing }) => toHex(signing) === signer)?.name).filter((name) => name !== undefined)
  const isSame = one.reason === other.reason && one.untilDay === other.untilDay
  return isSame && [one, other].every((each) => each.act === holdActs.keep && each.filingId === filingId) && names[0] !== undefined
    ? { hold: one, names: [names[0], names[1] ?? null] } : null
}
