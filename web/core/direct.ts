import { sha256 } from "@noble/hashes/sha2.js"
import { encryptTo } from "./age.js"
import { authorOf, hasFailed, type BoxAccount, type Edge, type Failed, type Visit } from "./author.js"
import { ascii, concat, fromHex, toHex, type Random } from "./bytes.js"
import type { Author } from "./filing.js"
import { sizeClasses } from "./packages.js"
import { signed } from "./signing.js"
import { u32, u8, vec32 } from "./wire.js"

/** Whom a direct filing is for. */
interface Recipient {
  readonly recipient: string
  readonly signing: Uint8Array
}

/** Seals a JSON value to counselors, with spaces up to a size class. `null` when it is longer than the largest, or a recipient is none. */
export function sealPadded(recipients: readonly string[], content: object, classes: readonly number[], random: Random): Uint8Array | null {
  const text = ascii(JSON.stringify(content))
  const size = classes.find((candidate) => candidate >= text.length)
  if (size === undefined) return null
  const padded = new Uint8Array(size).fill(0x20)
  padded.set(text)
  return encryptTo(recipients, padded, random)
}

/** Direct: what an author sends to counselors at once. WEP-1, section 7.1. `null` when something is too long, or nobody is chosen. */
export function directOf(
  deployment: Uint8Array, author: Author, filingId: Uint8Array, counselors: readonly Recipient[], content: { readonly contact: object, readonly account: object }, day: number, random: Random,
): Uint8Array | null {
  if (counselors.length === 0 || counselors.length > 200) return null
  const recipients = counselors.map((one) => one.recipient)
  const contact = sealPadded(recipients, content.contact, sizeClasses.contact, random)
  const account = sealPadded(recipients, content.account, sizeClasses.account, random)
  if (contact === null || account === null) return null

  const message = concat(
    u8(1), deployment, filingId, author.credential, u32(day), u8(counselors.length), ...counselors.map((one) => one.signing), sha256(contact), sha256(account))
  return concat(vec32(signed("direct", message, author.seed)), vec32(contact), vec32(account))
}

/** Sends an account to the counselors that it names; the day, or what came instead. */
export async function sendDirect(edge: Edge, visit: Visit, account: BoxAccount): Promise<number | Failed> {
  const [author, filingId] = [authorOf(visit), fromHex(account.filing_id, 16)]
  const counselors = visit.keyset.counselors.filter((one) => account.counselors.includes(toHex(one.signing)))
  if (author === null || filingId === null) return { failed: "malformed-message" }

  const message = directOf(visit.keyset.deployment, author, filingId, counselors, account, edge.today(), edge.random)
  if (message === null) return { failed: counselors.length === 0 ? "counselor-unknown" : "size-class-unknown" }
  const answer = await edge.ask("POST", "/v1/directs", message)
  // Nobody else draws this id: an earlier try arrived, and only its answer was lost.
  return hasFailed(answer) && answer.failed !== "filing-id-reused" ? answer : edge.today()
}
