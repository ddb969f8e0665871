import { generateX25519Identity, identityToRecipient } from "age-encryption"
import { hasFailed, type Failed } from "../core/author.js"
import { askForKey, askRecovery, collectKey, colleaguesOf, giveShare, putKeyBy, turnRecoveryDown, type Asked, type Recovery } from "../core/key-recovery.js"
import type { Keyset } from "../core/keyset.js"
import { keyNumberOf, parseTeam, type TeamMember } from "../core/team.js"
import { deskPlace, type DeskKey } from "./desk-protocol.js"
import { edge } from "./transport.js"

export { colleaguesOf, recoveryQuorum } from "../core/key-recovery.js"
export type { Asked, Recovery, TeamMember }

/** Somebody who lost their key waits for colleagues; the identity is in memory alone. */
export interface Waiting {
  readonly id: string
  readonly owner: string
  readonly identity: string
  /** The digits that colleagues compare. */
  readonly number: string
}

export function loadRecovery(key: DeskKey): Promise<Recovery | Failed> {
  return there((place) => askRecovery(edge, place, key))
}

/** Puts the key, as its passphrase seals it, by with colleagues. @returns Null, or why not. */
export function keepWithColleagues(key: DeskKey, sealedKey: string): Promise<string | null> {
  return failure(there((place) => putKeyBy(edge, place, key, membersOf(place), sealedKey)))
}

export function give(key: DeskKey, asked: Asked): Promise<string | null> {
  return failure(there((place) => giveShare(edge, place, key, asked)))
}

export function turnDownAsked(key: DeskKey, asked: Asked): Promise<string | null> {
  return failure(there((place) => turnRecoveryDown(edge, place, key, asked)))
}

export function numberOfAsked({ owner, recipient }: Asked): string {
  return keyNumberOf(owner, recipient)
}

/** Whose keys can be asked for. */
export async function whoMayAsk(): Promise<readonly TeamMember[] | Failed> {
  const place = await deskPlace()
  return hasFailed(place) ? place : membersOf(place)
}

export async function askForLostKey(owner: string): Promise<Waiting | Failed> {
  const identity = await generateX25519Identity()
  const recipient = await identityToRecipient(identity)
  const id = await askForKey(edge, owner, recipient)
  return typeof id !== "string" ? id : { id, owner, identity, number: keyNumberOf(owner, recipient) }
}

/** How many have given their part, or the key under its passphrase. */
export function collect({ id, identity, owner }: Waiting): Promise<number | string | Failed> {
  return collectKey(edge, id, identity, owner)
}

function membersOf(place: Keyset): readonly TeamMember[] {
  return parseTeam(place.roster)?.members ?? []
}

async function there<T>(act: (place: Keyset) => Promise<T>): Promise<T | Failed> {
  const place = await deskPlace()
  return hasFailed(place) ? place : act(place)
}

async function failure(act: Promise<Failed | null>): Promise<string | null> {
  return (await act)?.failed ?? null
}
