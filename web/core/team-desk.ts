import { sha256 } from "@noble/hashes/sha2.js"
import { ascii, concat, fromHex, toBase64, toHex } from "./bytes.js"
import { evaluate, hasFailed, type Failed } from "./author.js"
import { blindedOwn, conflictPutOf } from "./conflicts.js"
import { askSigned, type CounselorKeys, type DeskEdge } from "./desk.js"
import { isWhole, listOf, parseJson, type Json } from "./json.js"
import type { Keyset } from "./keyset.js"
import { parseTeam, teamChangeOf, writeTeam, type Team, type TeamMember } from "./team.js"

/** A change that somebody of the team proposed. */
export interface Proposal {
  /** The text that is signed. */
  readonly text: string
  readonly team: Team
  readonly madeDay: number
  /** Who stands by it: signing keys, in hex. */
  readonly signers: readonly string[]
}

/** The team as keepers signed it, and what may become of it. */
export interface DeskTeam {
  readonly now: Team
  readonly candidates: readonly TeamMember[]
  readonly proposals: readonly Proposal[]
  /** Whose own identifiers the keepers have: signing keys, in hex. */
  readonly registered: readonly string[]
}

export async function askTeam(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys): Promise<DeskTeam | Failed> {
  const answer = await askSigned(edge, keyset, keys, "GET", "/v1/desk/team")
  if (hasFailed(answer)) return answer
  const json = parseJson(answer)
  const [now, candidates, proposals] = [parseTeam(keyset.roster), listOf(json?.["candidates"], candidateOf), listOf(json?.["changes"], proposalOf)]
  const registered = json?.["registered"]
  return now === null || candidates === null || proposals === null || !Array.isArray(registered)
    ? { failed: "malformed-message" } : { now, candidates, proposals, registered: registered.filter((one) => typeof one === "string") }
}

/** Proposes the team that is to follow; `null`, or what came instead. */
export function proposeTeam(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, members: readonly TeamMember[]): Promise<Failed | null> {
  return standBy(edge, keyset, keys, writeTeam({ changedDay: edge.today(), members }))
}

/** Stands by what another proposed, to the byte; `null`, or what came instead. */
export async function standBy(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, roster: string): Promise<Failed | null> {
  const change = teamChangeOf(keyset.deployment, keyset.roster, roster, fromHex(keys.signing, 32) ?? new Uint8Array(32))
  return failedOf(await post(edge, keyset, keys, "changes", { roster, change: toBase64(change) }))
}

const symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

/** A code by which somebody asks to be let in: 100 bits, made here, of which the vault gets the hash. */
export async function inviteToTeam(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys): Promise<string | Failed> {
  const code = Array.from(edge.random(20), (byte) => symbols[byte % 32]).join("")
  const answer = await post(edge, keyset, keys, "invitations", { key: toHex(sha256(ascii(code))) })
  return hasFailed(answer) ? answer : code.replace(/(.{4})(?=.)/g, "$1-")
}

/** Turns down somebody who asks, or a change that was proposed. */
export async function turnDown(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, what: TeamMember | Proposal): Promise<Failed | null> {
  const key = "text" in what ? toHex(sha256(ascii(what.text))) : what.signing
  return failedOf(await post(edge, keyset, keys, "dismissals", { key }))
}

/**
 * Has their own identifiers evaluated like anybody's, and gives each keeper their tags in the place of those before. Nobody here learns what they are, nor how many.
 *
 * @param inputs - x of each, at most sixteen: four in each evaluation, of which there are two a day.
 */
export async function registerOwn(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, inputs: readonly Uint8Array[]): Promise<Failed | null> {
  const [seed, starts] = [fromHex(keys.signing, 32) ?? new Uint8Array(32), [] as Uint8Array[]]
  for (let i = 0; i < inputs.length; i += 4) {
    const some = inputs.slice(i, i + 4)
    const slips = blindedOwn(keyset, seed, some, edge.today(), edge.random)
    const { refused } = await evaluate(edge, keyset, slips)
    const evaluated = slips.combine(keyset)
    if (evaluated === null) return { failed: refused ?? "unreachable" }
    starts.push(...evaluated.slice(0, some.length).map((slip) => slip.start))
  }
  const puts = keyset.keepers.map((keeper) => conflictPutOf(keyset.deployment, keeper.signing, edge.now_s(), starts, seed, edge.random))
  return failedOf(await askSigned(edge, keyset, keys, "POST", "/v1/desk/team/conflicts", concat(...puts)))
}

function post(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, name: string, body: object): Promise<Uint8Array | Failed> {
  return askSigned(edge, keyset, keys, "POST", `/v1/desk/team/${name}`, ascii(JSON.stringify(body)))
}

function failedOf(answer: Uint8Array | Failed): Failed | null {
  return hasFailed(answer) ? answer : null
}

function candidateOf(json: Json): TeamMember | null {
  return parseTeam(JSON.stringify({ wetoo: "roster/1", counselors: [{ ...json, role: "counselor", since_day: json["accepted_day"] }] }))?.members[0] ?? null
}

function proposalOf({ roster, made_day, signers }: Json): Proposal | null {
  const team = parseTeam(roster)
  return team !== null && isWhole(made_day, 0, 2 ** 32 - 1) && Array.isArray(signers) && signers.every((one) => fromHex(one, 32) !== null)
    ? { text: roster as string, team, madeDay: made_day, signers: signers as string[] } : null
}
