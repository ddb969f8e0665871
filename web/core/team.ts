import { sha256 } from "@noble/hashes/sha2.js"
import { ascii, concat, fromHex } from "./bytes.js"
import { isWhole, listOf, parseJson, type Json } from "./json.js"
import { publicKey, signed } from "./signing.js"
import { u8 } from "./wire.js"

export const teamRoles = ["counselor", "ombuds", "coordinator", "admin"] as const
export type TeamRole = typeof teamRoles[number]

/** One person of the team, as the roster names them. WEP-1, section 2. */
export interface TeamMember {
  readonly name: string
  readonly organisation: string
  readonly role: TeamRole
  /** Since when, in days since 1970; 0 when that was not said. */
  readonly sinceDay: number
  readonly languages: readonly string[]
  /** The age recipient. */
  readonly recipient: string
  /** The signing key, in hex. */
  readonly signing: string
}

export interface Team {
  /** The day of the last change; 0 when that was not said. */
  readonly changedDay: number
  readonly members: readonly TeamMember[]
}

/** Whether packages are sealed to them. */
export function mayBeOffered({ role }: TeamMember): boolean {
  return role === "counselor" || role === "ombuds"
}

/** Reads the text of a roster; `null` when it is none. */
export function parseTeam(text: unknown): Team | null {
  const json = parseJson(text)
  const [counselors, staff, changedDay] = [listOf(json?.["counselors"], memberOf), listOf(json?.["staff"] ?? [], memberOf), json?.["changed_day"] ?? 0]
  return json?.["wetoo"] === "roster/1" && counselors !== null && staff !== null && isWhole(changedDay, 0, 2 ** 32 - 1)
    && counselors.every(mayBeOffered) && !staff.some(mayBeOffered) ? { changedDay, members: [...counselors, ...staff] } : null
}

/** Writes the text of a roster. Once signed it is nobody's to write again. */
export function writeTeam({ changedDay, members }: Team): string {
  const list = (of: readonly TeamMember[]) => of.map(({ name, organisation, role, sinceDay, languages, recipient, signing }) =>
    ({ name, organisation, role, since_day: sinceDay, languages, recipient, signing }))
  return JSON.stringify({
    wetoo: "roster/1", changed_day: changedDay, counselors: list(members.filter(mayBeOffered)), staff: list(members.filter((one) => !mayBeOffered(one))),
  }, null, 2)
}

/** Who came and who left. Whose entry says something else now, came anew. */
export function differences(before: Team, after: Team): { readonly came: readonly TeamMember[], readonly left: readonly TeamMember[] } {
  const without = (some: Team, others: Team) => some.members.filter((one) => !others.members.some((other) => JSON.stringify(one) === JSON.stringify(other)))
  const [came, left] = [without(after, before), without(before, after)]
  return { came, left: left.filter((one) => !came.some((other) => other.signing === one.signing)) }
}

/** A signed TeamChange: that its signer stands by this roster after that one. WEP-1, section 2.1. */
export function teamChangeOf(deployment: Uint8Array, before: string, after: string, seed: Uint8Array): Uint8Array {
  return signed("team-change", concat(u8(1), deployment, publicKey(seed), sha256(ascii(before)), sha256(ascii(after))), seed)
}

/** Somebody's keys as thirty digits that two people compare aloud. WEP-1, section 2.1. */
export function keyNumberOf(signing: string, recipient: string): string {
  return inDigits(concat(ascii("wetoo/v1/key-number"), fromHex(signing, 32) ?? new Uint8Array(0), ascii(recipient)))
}

/** Thirty digits of what two people compare aloud, in six groups. WEP-1, section 2.1. */
export function inDigits(compared: Uint8Array): string {
  const hash = sha256(compared)
  const group = (i: number) => hash.slice(5 * i, 5 * i + 5).reduce((sum, byte) => 256 * sum + byte, 0) % 100_000
  return Array.from({ length: 6 }, (_, i) => String(group(i)).padStart(5, "0")).join(" ")
}

function memberOf({ name, organisation = "", role = "counselor", since_day = 0, languages = [], recipient, signing }: Json): TeamMember | null {
  return typeof name === "string" && name !== "" && typeof organisation === "string" && (teamRoles as readonly unknown[]).includes(role)
    && isWhole(since_day, 0, 2 ** 32 - 1) && Array.isArray(languages) && languages.every((one) => typeof one === "string")
    && typeof recipient === "string" && recipient.startsWith("age1") && fromHex(signing, 32) !== null
    ? { name, organisation, role: role as TeamRole, sinceDay: since_day, languages: languages as string[], recipient, signing: (signing as string).toLowerCase() } : null
}
