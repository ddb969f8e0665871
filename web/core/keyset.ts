import { sha256 } from "@noble/hashes/sha2.js"
import { parseSpki } from "./blind-rsa.js"
import { ascii, equal, fromBase64, fromHex, toHex } from "./bytes.js"
import { parseElement, type Element } from "./group.js"
import { isObject, isWhole, listOf, parseJson, type Json } from "./json.js"
import { combine } from "./quorum.js"
import { verify } from "./signing.js"

export interface Keeper {
  readonly index: number
  readonly name: string
  readonly signing: Uint8Array
  readonly y: Element
  readonly z: Element
}

export interface Counselor {
  readonly name: string
  /** Who employs them; empty when that was not said. */
  readonly organisation: string
  /** The age recipient. */
  readonly recipient: string
  readonly signing: Uint8Array
}

/** A keyset that all its keepers signed, with its roster. WEP-1, section 2. */
export interface Keyset {
  readonly deployment: Uint8Array
  readonly epoch: number
  readonly revision: number
  readonly quorum: number
  readonly keepers: readonly Keeper[]
  readonly y: Element
  readonly z: Element
  readonly matcher: Uint8Array
  readonly registrars: readonly { readonly key: Uint8Array, readonly notAfterDay: number }[]
  readonly policy: { readonly credential: "invitation" | "work", readonly workBits: number, readonly delayHours: readonly [number, number], readonly embedded: boolean }
  readonly counselors: readonly Counselor[]
  /** The roster's text, with everybody who could open or see anything: `parseTeam` reads it. */
  readonly roster: string
  /** Nobody is there yet to answer: the vault takes nothing. */
  readonly closed: boolean
  /** What was signed. */
  readonly text: Uint8Array
  /** Signatures of all its keepers, and perhaps of keepers before them. */
  readonly signatures: readonly Uint8Array[]
}

function elementOf(hex: unknown): Element | null {
  const bytes = fromHex(hex, 32)
  return bytes === null ? null : parseElement(bytes)
}

function keeperOf(item: Json): Keeper | null {
  const [signing, y, z] = [fromHex(item["signing"], 32), elementOf(item["y"]), elementOf(item["z"])]
  const { index, name } = item
  return isWhole(index, 1, 255) && typeof name === "string" && name !== "" && signing !== null && y !== null && z !== null
    ? { index, name, signing, y, z } : null
}

function counselorOf(item: Json): Counselor | null {
  const signing = fromHex(item["signing"], 32)
  const { name, organisation = "", recipient } = item
  return typeof name === "string" && name !== "" && typeof organisation === "string" && typeof recipient === "string" && recipient.startsWith("age1") && signing !== null
    ? { name, organisation, recipient, signing } : null
}

function registrarOf(item: Json): { key: Uint8Array, notAfterDay: number } | null {
  const key = fromBase64(item["key"])
  const notAfterDay = item["not_after_day"]
  return key !== null && parseSpki(key)?.size === 256 && isWhole(notAfterDay, 0, 2 ** 31 - 1) ? { key, notAfterDay } : null
}

function policyOf(item: unknown): Keyset["policy"] | null {
  if (!isObject(item) || !Array.isArray(item["delay_hours"])) return null
  const [least, most]: unknown[] = item["delay_hours"]
  const { credential, embedded } = item
  const workBits = item["work_bits"]
  return (credential === "invitation" || credential === "work") && isWhole(workBits, 0, 40) && typeof embedded === "boolean"
    && isWhole(least, 0, 8760) && isWhole(most, least, 8760) ? { credential, workBits, delayHours: [least, most], embedded } : null
}

/** Whether every quorum's shares combine to the key: the s-th keeper is replaced by each further one in turn. */
function everyQuorumGives(key: Element, keepers: readonly Keeper[], quorum: number, of: (keeper: Keeper) => Element): boolean {
  const part = (keeper: Keeper) => ({ keeperIndex: keeper.index, element: of(keeper) })
  const first = keepers.slice(0, quorum - 1).map(part)
  return keepers.slice(quorum - 1).every((last) => combine([...first, part(last)])?.equals(key) ?? false)
}

/** Who holds the keys of a place, and which: what must not change without being said. */
export type KeyHolders = Pick<Keyset, "deployment" | "revision" | "quorum" | "keepers" | "y" | "z">

type SignedHolders = KeyHolders & Pick<Keyset, "text" | "signatures">

/** The key holders in the text of a keyset that was checked when somebody saw it; `null` when it is none. */
export function keyHoldersIn(text: unknown): KeyHolders | null {
  const json = parseJson(text)
  const [deployment, keepers, y, z] = [fromHex(json?.["deployment"], 16), listOf(json?.["keepers"], keeperOf), elementOf(json?.["y"]), elementOf(json?.["z"])]
  const { revision, quorum } = json ?? {}
  return deployment === null || keepers === null || y === null || z === null || !isWhole(revision, 0, 2 ** 32 - 1) || !isWhole(quorum, 1, keepers.length)
    ? null : { deployment, revision, quorum, keepers, y, z }
}

function keysetOf(text: unknown, roster: unknown): Omit<Keyset, "text" | "signatures" | "closed"> | null {
  const [json, list] = [parseJson(text), parseJson(roster)]
  if (json?.["wetoo"] !== "keyset/1" || list?.["wetoo"] !== "roster/1") return null

  const [deployment, matcher, rosterHash] = [fromHex(json["deployment"], 16), fromHex(json["matcher"], 32), fromHex(json["roster_sha256"], 32)]
  const [keepers, counselors] = [listOf(json["keepers"], keeperOf), listOf(list["counselors"], counselorOf)]
  const [y, z, registrars, policy] = [elementOf(json["y"]), elementOf(json["z"]), listOf(json["registrars"], registrarOf), policyOf(json["policy"])]
  const { epoch, revision, quorum } = json
  if (deployment === null || matcher === null || rosterHash === null || keepers === null || counselors === null || y === null || z === null
    || registrars === null || policy === null || !isWhole(epoch, 0, 2 ** 32 - 1) || !isWhole(revision, 0, 2 ** 32 - 1)
    || !isWhole(quorum, 1, keepers.length) || 2 * quorum <= keepers.length || !equal(sha256(ascii(roster as string)), rosterHash)
    || !keepers.every((keeper, i) => i === 0 || keeper.index > (keepers[i - 1]?.index ?? 255))
    || !everyQuorumGives(y, keepers, quorum, (keeper) => keeper.y) || !everyQuorumGives(z, keepers, quorum, (keeper) => keeper.z)) return null
  return { deployment, epoch, revision, quorum, keepers, y, z, matcher, registrars, policy, counselors, roster: roster as string }
}

/** Reads the answer of `GET /v1/keyset` and checks all of it; `null` when anything does not verify. */
export function parseKeyset(answer: string): Keyset | null {
  const json = parseJson(answer)
  const keyset = json === null ? null : keysetOf(json["keyset"], json["roster"])
  const signatures = listOf(json?.["signatures"], (item) => {
    const signature = fromHex(item["signature"], 64)
    return isWhole(item["index"], 1, 255) && signature !== null ? { index: item["index"], signature } : null
  })
  if (json === null || keyset === null || signatures === null) return null

  const text = ascii(json["keyset"] as string)
  const allSigned = keyset.keepers.every((keeper) =>
    signatures.some((one) => one.index === keeper.index && verify("keyset", text, one.signature, keeper.signing)))
  return allSigned ? { ...keyset, text, signatures: signatures.map((one) => one.signature), closed: json["closed"] === true } : null
}

/**
 * Whether an app that pinned one keyset may accept another without asking the person. That the other's own keepers signed it says
 * nothing: anybody can invent keepers whose points combine to y and z. A quorum of the pinned keepers must have signed it.
 */
export function mayFollow(pinned: KeyHolders, next: SignedHolders): boolean {
  return equal(pinned.deployment, next.deployment) && pinned.y.equals(next.y) && pinned.z.equals(next.z) && next.revision >= pinned.revision
    && signersOf(pinned, next).length >= pinned.quorum
}

/** Who of the key holders that somebody knew signed another keyset. */
export function signersOf({ keepers }: KeyHolders, next: SignedHolders): readonly Keeper[] {
  return keepers.filter((keeper) => next.signatures.some((one) => verify("keyset", next.text, one, keeper.signing)))
}

/** Whether the same people hold the keys, and as many of them are needed. */
export function sameHolders(one: KeyHolders, other: KeyHolders): boolean {
  const named = ({ quorum, keepers }: KeyHolders) => JSON.stringify([quorum, keepers.map(({ index, name, signing }) => [index, name, toHex(signing)])])
  return named(one) === named(other)
}
