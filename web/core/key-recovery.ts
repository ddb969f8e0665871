import { Decrypter } from "age-encryption"
import { hkdf } from "@noble/hashes/hkdf.js"
import { sha512 } from "@noble/hashes/sha2.js"
import { encryptTo } from "./age.js"
import { hasFailed, type Edge, type Failed } from "./author.js"
import { openText, sealText } from "./box.js"
import { ascii, concat, fromBase64, fromHex, toBase64, toHex, type Random } from "./bytes.js"
import { publicKeysOf } from "./counselor.js"
import { askSigned, type CounselorKeys, type DeskEdge } from "./desk.js"
import { Fn, order, parseScalar, randomScalar, scalarBytes } from "./group.js"
import { isWhole, listOf, parseJson, type Json } from "./json.js"
import type { Keyset } from "./keyset.js"
import { lagrangeAtZero } from "./quorum.js"
import type { TeamMember } from "./team.js"
import { u8 } from "./wire.js"

/** How many colleagues it takes to give a key back. WEP-1, section 12.2. */
export const recoveryQuorum = 2

const shareName = ascii("wetoo/v1/key-share")
const shareSize = shareName.length + 32 + 1 + 32
const boxClass = 1024

/** A key as its owner puts it by: the box, and a share for each colleague. */
export interface PutBy {
  readonly box: Uint8Array
  readonly shares: readonly { readonly holder: string, readonly sealed: Uint8Array }[]
}

/** Somebody says that they lost their key. */
export interface Asked {
  readonly id: string
  /** The signing key of whom they say they are, in hex. */
  readonly owner: string
  readonly recipient: string
  readonly askedDay: number
  /** The caller's own share of that key, sealed to them; `null` when they have none. */
  readonly share: Uint8Array | null
  /** Whether the caller gave theirs. */
  readonly given: boolean
}

export interface Recovery {
  /** With whom the caller's own key lies: signing keys, in hex. */
  readonly holders: readonly string[]
  readonly madeDay: number | null
  readonly asked: readonly Asked[]
}

/**
 * Puts a desk key by, which is sealed under its owner's passphrase: that once more under a random key of which each colleague gets a share, sealed to them.
 * Shamir over the scalars of ristretto255, of degree one: two shares give the key, one tells nothing. Not in constant time; it is computed on the owner's own device.
 *
 * @returns `null` with fewer than two colleagues, or a text that is too long.
 */
export function putBy(owner: string, colleagues: readonly TeamMember[], sealedKey: string, random: Random): PutBy | null {
  const key = fromHex(owner, 32)
  if (key === null || colleagues.length < recoveryQuorum || colleagues.length > 255) return null

  const [secret, slope] = [randomScalar(random), randomScalar(random)]
  const box = sealText(boxKeyOf(secret), key, sealedKey, [boxClass], random)
  const shares = colleagues.map(({ signing, recipient }, i) => {
    const value = (secret + slope * BigInt(i + 1)) % order
    return { holder: signing, sealed: encryptTo([recipient], concat(shareName, key, u8(i + 1), scalarBytes(value)), random) }
  })
  return box === null || shares.some(({ sealed }) => sealed === null) ? null : { box, shares: shares as PutBy["shares"] }
}

/**
 * Opens a colleague's own share and seals it anew to who asks. What is no share of this owner's key is not sealed to anybody: a vault that gives out
 * something else in its place learns nothing.
 */
export async function passOn(keys: CounselorKeys, { share, owner, recipient }: Asked, random: Random): Promise<Uint8Array | null> {
  const opened = share === null ? null : await opening(keys.age, share)
  return opened === null || readShare(opened, owner) === null ? null : encryptTo([recipient], opened, random)
}

/** Puts shares together and opens the box: the key under its passphrase. `null` when no two of them open it. */
export async function putTogether(identity: string, owner: string, box: Uint8Array, sealed: readonly Uint8Array[]): Promise<string | null> {
  const opened = await Promise.all(sealed.map((one) => opening(identity, one)))
  const shares = opened.map((one) => one === null ? null : readShare(one, owner)).filter((one) => one !== null)
  for (const [i, one] of shares.entries()) {
    for (const other of shares.slice(0, i).filter(({ index }) => index !== one.index)) {
      const secret = [one, other].reduce((sum, { index, value }) => Fn.add(sum, Fn.mul(value, lagrangeAtZero(index, [one.index, other.index]))), 0n)
      const text = openText(boxKeyOf(secret), fromHex(owner, 32) ?? new Uint8Array(32), box)
      if (text !== null) return text
    }
  }
  return null
}

export async function askRecovery(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys): Promise<Recovery | Failed> {
  const answer = await askSigned(edge, keyset, keys, "GET", "/v1/desk/recovery")
  if (hasFailed(answer)) return answer
  const json = parseJson(answer)
  const [holders, asked, madeDay] = [json?.["holders"], listOf(json?.["asked"], askedOf), json?.["made_day"]]
  return asked === null || !Array.isArray(holders) ? { failed: "malformed-message" }
    : { holders: holders.filter((one) => typeof one === "string"), madeDay: isWhole(madeDay, 0, 2 ** 32 - 1) ? madeDay : null, asked }
}

/** Puts the caller's key by with their colleagues. `null`, or what came instead. */
export async function putKeyBy(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, team: readonly TeamMember[], sealedKey: string): Promise<Failed | null> {
  const { signing } = await publicKeysOf(keys)
  const made = putBy(signing, colleaguesOf(team, signing), sealedKey, edge.random)
  if (made === null) return { failed: "malformed-message" }

  const body = { box: toBase64(made.box), shares: made.shares.map(({ holder, sealed }) => ({ holder, sealed: toBase64(sealed) })) }
  return failedOf(await askSigned(edge, keyset, keys, "POST", "/v1/desk/recovery", ascii(JSON.stringify(body))))
}

/** Who holds a share of somebody's key: all of the team but those who run the machines, where the box lies. */
export function colleaguesOf(team: readonly TeamMember[], own: string): readonly TeamMember[] {
  return team.filter((one) => one.signing !== own && one.role !== "admin")
}

export async function giveShare(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, asked: Asked): Promise<Failed | null> {
  const sealed = await passOn(keys, asked, edge.random)
  return sealed === null ? { failed: "malformed-message" } : failedOf(await askSigned(edge, keyset, keys, "POST", `/v1/desk/recoveries/${asked.id}/shares`, sealed))
}

export async function turnRecoveryDown(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, { id }: Asked): Promise<Failed | null> {
  return failedOf(await askSigned(edge, keyset, keys, "POST", `/v1/desk/recoveries/${id}/dismissal`))
}

/** Says that somebody lost their key. @returns The number of what was asked, or what came instead. */
export async function askForKey(edge: Edge, owner: string, recipient: string): Promise<string | Failed> {
  const answer = await edge.ask("POST", "/v1/desk/recoveries", { owner, recipient })
  if (hasFailed(answer)) return answer
  const id = parseJson(answer)?.["id"]
  return fromHex(id, 16) === null ? { failed: "malformed-message" } : id as string
}

/** What colleagues gave so far: how many, or the key under its passphrase once they are enough. */
export async function collectKey(edge: Edge, id: string, identity: string, owner: string): Promise<number | string | Failed> {
  const answer = await edge.ask("GET", `/v1/desk/recoveries/${id}`)
  if (hasFailed(answer)) return answer
  const json = parseJson(answer)
  const given = json?.["given"]
  if (!isWhole(given, 0, 255)) return { failed: "malformed-message" }
  const [box, shares] = [fromBase64(json?.["box"]), json?.["shares"]]
  if (box === null || !Array.isArray(shares)) return given

  return await putTogether(identity, owner, box, shares.map((one) => fromBase64(one)).filter((one) => one !== null)) ?? { failed: "malformed-message" }
}

function boxKeyOf(secret: bigint): Uint8Array {
  return hkdf(sha512, scalarBytes(secret), new Uint8Array(0), ascii("wetoo/v1/key-recovery"), 32)
}

function readShare(opened: Uint8Array, owner: string): { readonly index: number, readonly value: bigint } | null {
  const at = shareName.length
  const [index, value] = [opened[at + 32] ?? 0, parseScalar(opened.slice(at + 33))]
  return opened.length === shareSize && toHex(opened.slice(0, at)) === toHex(shareName) && toHex(opened.slice(at, at + 32)) === owner && index > 0 && value !== null
    ? { index, value } : null
}

async function opening(identity: string, sealed: Uint8Array): Promise<Uint8Array | null> {
  try {
    const decrypter = new Decrypter()
    decrypter.addIdentity(identity)
    return await decrypter.decrypt(sealed)
  } catch {
    return null // The library throws for what was sealed to others.
  }
}

function askedOf({ id, owner, recipient, asked_day, share, given }: Json): Asked | null {
  return fromHex(id, 16) !== null && fromHex(owner, 32) !== null && typeof recipient === "string" && isWhole(asked_day, 0, 2 ** 32 - 1)
    ? { id: id as string, owner: owner as string, recipient, askedDay: asked_day, share: fromBase64(share), given: given === true } : null
}

function failedOf(answer: Uint8Array | Failed): Failed | null {
  return hasFailed(answer) ? answer : null
}
