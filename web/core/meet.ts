import { hkdf } from "@noble/hashes/hkdf.js"
import { sha256, sha512 } from "@noble/hashes/sha2.js"
import { x25519 } from "@noble/curves/ed25519.js"
import { hasFailed, type Edge, type Failed, type Visit } from "./author.js"
import { ascii, concat, equal, fromBase64, fromHex } from "./bytes.js"
import { isObject, listOf, parseJson, type Json } from "./json.js"
import type { Keyset } from "./keyset.js"
import { openBox, sealBox } from "./sealed-box.js"
import { publicKey, signed, verify } from "./signing.js"
import { Reader, u32, u8 } from "./wire.js"

const contentSize = 2048
const version = u8(1)

/** What one of two gives the other when both have said yes twice. */
export interface Introduction {
  readonly name: string
  readonly how: string
  readonly say: string
}

/** Somebody whose wish answers one's own, by the word of a counselor of the roster. WEP-1, section 18. */
export interface MeetOther {
  /** What they are called here: nothing that says who they are. */
  readonly mark: Uint8Array
  readonly recipient: Uint8Array
  /** The counselor who stands by them: signing key. */
  readonly by: Uint8Array
  /** Whether one has said yes to them for the second time. */
  readonly given: boolean
  /** Their own words, once both have; `wrong` when they are not from whom the counselor spoke for. */
  readonly introduction: Introduction | "wrong" | null
}

/** SHA-256 of pseudonym and filing: how the others of a match call somebody. */
export function markOf(pseudonym: Uint8Array, filingId: Uint8Array): Uint8Array {
  return sha256(concat(ascii("wetoo/v1/meet-mark"), pseudonym, filingId))
}

/** The X25519 key for one filing alone, from the box key. */
export function meetKeyOf(boxKey: Uint8Array, filingId: Uint8Array): { readonly secret: Uint8Array, readonly recipient: Uint8Array } {
  const secret = hkdf(sha512, boxKey, new Uint8Array(0), concat(ascii("wetoo/v1/meet"), filingId), 32)
  return { secret, recipient: x25519.getPublicKey(secret) }
}

/** Meet, 182 bytes: the first yes, or that it is taken back. */
export function meetOf(deployment: Uint8Array, day: number, filingId: Uint8Array, asks: boolean, recipient: Uint8Array, nonce: Uint8Array, seed: Uint8Array): Uint8Array {
  return signed("meet", concat(version, deployment, u32(day), publicKey(seed), filingId, u8(asks ? 1 : 2), recipient, nonce), seed)
}

/** MeetVouch, 181 bytes. */
export function vouchOf(deployment: Uint8Array, day: number, mark: Uint8Array, recipient: Uint8Array, seed: Uint8Array): Uint8Array {
  return signed("meet-vouch", concat(version, deployment, u32(day), publicKey(seed), mark, recipient), seed)
}

/** MeetPut, 2261 bytes: the second yes, with what the other gets. `null` when it is too long, or their key is none. */
export function meetPutOf(
  deployment: Uint8Array, day: number, filingId: Uint8Array, other: Pick<MeetOther, "mark" | "recipient">, introduction: Introduction, seed: Uint8Array, random: Edge["random"],
): Uint8Array | null {
  const text = ascii(JSON.stringify({ wetoo: "meet/1", ...introduction }))
  if (text.length > contentSize) return null
  const padded = new Uint8Array(contentSize).fill(0x20)
  padded.set(text)
  const sealed = sealBox(other.recipient, padded, random)
  return sealed && signed("meet-put", concat(version, deployment, u32(day), publicKey(seed), filingId, other.mark, sealed), seed)
}

/** Whose wish a signed Meet is, if it is of this pseudonym and filing; `null` when it is not. */
export function readMeet(deployment: Uint8Array, pseudonym: Uint8Array, filingId: Uint8Array, message: Uint8Array): { readonly recipient: Uint8Array } | null {
  const reader = new Reader(message)
  const fixed = [reader.bytes(1), reader.bytes(16), reader.bytes(4), reader.bytes(32), reader.bytes(16), reader.bytes(1)]
  const [recipient, signature] = [reader.bytes(32), (reader.bytes(16), reader.bytes(64))]
  const [first, where, , whose, which, asks] = fixed as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array]
  return reader.done && equal(concat(first, asks), Uint8Array.of(1, 1)) && equal(where, deployment) && equal(whose, pseudonym) && equal(which, filingId)
    && verify("meet", message.subarray(0, -64), signature, pseudonym) ? { recipient } : null
}

/** A counselor's word, when they are on the roster; `null` for anybody else's. */
export function readVouch({ deployment, counselors }: Keyset, message: Uint8Array): Pick<MeetOther, "mark" | "recipient" | "by"> | null {
  const reader = new Reader(message)
  const first = reader.u8(1, 1)
  const [where, , signing, mark, recipient, signature] = [reader.bytes(16), reader.bytes(4), reader.bytes(32), reader.bytes(32), reader.bytes(32), reader.bytes(64)] as const
  return reader.done && first === 1 && equal(where, deployment) && counselors.some((one) => equal(one.signing, signing))
    && verify("meet-vouch", message.subarray(0, -64), signature, signing) ? { mark, recipient, by: signing } : null
}

/** What somebody wrote, if they are who a counselor spoke for and wrote it to this filing. */
export function readPut(deployment: Uint8Array, from: Uint8Array, to: Uint8Array, secret: Uint8Array, message: Uint8Array): Introduction | null {
  const reader = new Reader(message)
  const first = reader.u8(1, 1)
  const [where, , pseudonym, filingId, mark, box, signature] =
    [reader.bytes(16), reader.bytes(4), reader.bytes(32), reader.bytes(16), reader.bytes(32), reader.bytes(contentSize + 48), reader.bytes(64)] as const
  if (!reader.done || first !== 1 || !equal(where, deployment) || !equal(markOf(pseudonym, filingId), from) || !equal(mark, to)) return null
  if (!verify("meet-put", message.subarray(0, -64), signature, pseudonym)) return null
  const text = openBox(secret, box)
  const said = text && parseJson(new TextDecoder().decode(text))
  return said?.["wetoo"] === "meet/1" ? { name: textOf(said["name"]), how: textOf(said["how"]), say: textOf(said["say"]) } : null
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : ""
}

/** Who would like to meet the author of a filing, as a status says. Whoever no counselor of the roster stands by is left out. */
export function othersOf({ keyset, keys }: Visit, filingId: string, meet: Json): readonly MeetOther[] {
  const id = fromHex(filingId, 16)
  if (id === null) return []
  const [own, { secret }] = [markOf(keys.pseudonym, id), meetKeyOf(keys.boxKey, id)]
  return (listOf(meet["with"], (one) => isObject(one) ? one : null) ?? []).flatMap(({ vouch, given, put }) => {
    const other = readVouch(keyset, fromBase64(vouch) ?? new Uint8Array(0))
    if (other === null) return []
    const came = fromBase64(put)
    return [{ ...other, given: given === true, introduction: came === null ? null : readPut(keyset.deployment, other.mark, own, secret, came) ?? "wrong" }]
  })
}

/** Says for a filing that its author would like to meet the others, or would no more; `null`, or what came instead. */
export async function askToMeet(edge: Edge, { keyset, keys }: Visit, filingId: string, asks: boolean): Promise<Failed | null> {
  const id = fromHex(filingId, 16)
  if (id === null) return { failed: "malformed-message" }
  const answer = await edge.ask("POST", "/v1/meets", meetOf(keyset.deployment, edge.today(), id, asks, meetKeyOf(keys.boxKey, id).recipient, edge.random(16), keys.seed))
  return hasFailed(answer) ? answer : null
}

/** Says yes to one of them for the second time; `null`, or what came instead. */
export async function giveTo(edge: Edge, { keyset, keys }: Visit, filingId: string, other: MeetOther, introduction: Introduction): Promise<Failed | null> {
  const id = fromHex(filingId, 16)
  const message = id && meetPutOf(keyset.deployment, edge.today(), id, other, introduction, keys.seed, edge.random)
  const answer = message === null ? { failed: "message-too-large" } : await edge.ask("PUT", "/v1/meets", message)
  return hasFailed(answer) ? answer : null
}
