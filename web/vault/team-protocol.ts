import { hasFailed, type Failed } from "../core/author.js"
import { publicKeysOf } from "../core/counselor.js"
import type { Keyset } from "../core/keyset.js"
import { keyNumberOf, teamRoles, type TeamMember, type TeamRole } from "../core/team.js"
import { identifierKey } from "../core/identifier-key.js"
import { askTeam, inviteToTeam, proposeTeam, registerOwn, standBy, turnDown, type DeskTeam, type Proposal } from "../core/team-desk.js"
import { deskPlace, type DeskKey } from "./desk-protocol.js"
import { edge } from "./transport.js"
import { stretch } from "./worker.js"

export { differences } from "../core/team.js"
export { teamRoles, type DeskTeam, type Proposal, type TeamMember, type TeamRole }

/** The digits that somebody and who lets them in compare. */
export function numberOf({ signing, recipient }: { readonly signing: string, readonly recipient: string }): string {
  return keyNumberOf(signing, recipient)
}

export async function ownKeys(key: DeskKey): Promise<{ readonly recipient: string, readonly signing: string }> {
  return publicKeysOf(key)
}

export function loadTeam(key: DeskKey): Promise<DeskTeam | Failed> {
  return there((place) => askTeam(edge, place, key))
}

/** Proposes to let somebody in. @returns Null, or why it was not taken. */
export function letIn(key: DeskKey, team: DeskTeam, who: TeamMember, role: TeamRole): Promise<string | null> {
  const members = [...team.now.members, { ...who, role, sinceDay: edge.today() }]
  return failure(there((place) => proposeTeam(edge, place, key, members)))
}

/** Proposes to take somebody off. */
export function takeOff(key: DeskKey, team: DeskTeam, who: TeamMember): Promise<string | null> {
  const members = team.now.members.filter((one) => one.signing !== who.signing)
  return failure(there((place) => proposeTeam(edge, place, key, members)))
}

export function agree(key: DeskKey, proposal: Proposal): Promise<string | null> {
  return failure(there((place) => standBy(edge, place, key, proposal.text)))
}

export function dismiss(key: DeskKey, what: TeamMember | Proposal): Promise<string | null> {
  return failure(there((place) => turnDown(edge, place, key, what)))
}

export function invite(key: DeskKey): Promise<string | Failed> {
  return there((place) => inviteToTeam(edge, place, key))
}

/** Registers their own identifiers, by their canonical forms. @returns Null, or why not. */
export function register(key: DeskKey, canonical: readonly string[]): Promise<string | null> {
  return failure(there(async (place) => {
    const inputs: Uint8Array[] = []
    for (const one of canonical) inputs.push(await identifierKey({ canonical: one }, place.deployment, stretch))
    return registerOwn(edge, place, key, inputs)
  }))
}

async function there<T>(act: (place: Keyset) => Promise<T>): Promise<T | Failed> {
  const place = await deskPlace()
  return hasFailed(place) ? place : act(place)
}

async function failure(act: Promise<Failed | null>): Promise<string | null> {
  return (await act)?.failed ?? null
}
