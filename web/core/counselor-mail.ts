import { hasFailed, type Failed } from "./author.js"
import { concat, fromHex } from "./bytes.js"
import type { Case, OpenedCase } from "./counselor.js"
import { askSigned, seedOf, type CounselorKeys, type DeskEdge } from "./desk.js"
import type { Keyset } from "./keyset.js"
import { glance, MailVisit, type Side } from "./mail-visit.js"
import { stateKey } from "./mailbox.js"
import { u32 } from "./wire.js"

/** The counselor's side of the mailbox of a case; `null` when its author left no way to seal to them. WEP-1, section 17. */
export function counselorMail(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, one: OpenedCase): MailVisit | null {
  const [ours, key, recipient] = [mailSideOf(edge, keyset, keys, one), fromHex(one.contact?.pseudonym, 32), one.contact?.mail]
  return ours === null || key === null || typeof recipient !== "string" ? null : new MailVisit({ ...ours, other: () => ({ key, recipient }) })
}

/** Whether the author of a case said something that this counselor has not seen. */
export async function glanceAt(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, one: Case): Promise<boolean | Failed> {
  const ours = mailSideOf(edge, keyset, keys, one)
  return ours !== null && glance(ours)
}

function mailSideOf(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, one: Case): Omit<Side, "other"> | null {
  const [filingId, seed] = [fromHex(one.filingId, 16), seedOf(keys)]
  return filingId && {
    way: { deployment: keyset.deployment, filingId, from: "counselor" },
    seed, stateKey: stateKey(seed, filingId), first: keys.age, random: edge.random,
    send: (put) => askSigned(edge, keyset, keys, "POST", `/v1/desk/cases/${one.caseId}/mail`, put),
  }
}

/** Stores one part of a file that goes with a message. WEP-1, section 17.2. */
export async function storeMailPart(
  edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, caseId: string, fileId: string, part: number, parts: number, bytes: Uint8Array,
): Promise<Failed | null> {
  const answer = await askSigned(edge, keyset, keys, "POST", `/v1/desk/cases/${caseId}/mail/files/${fileId}/${part}`, concat(u32(parts), bytes))
  return hasFailed(answer) ? answer : null
}

/** One part of a file that came with a message, or went with one. */
export function mailPart(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, caseId: string, fileId: string, part: number): Promise<Uint8Array | Failed> {
  return askSigned(edge, keyset, keys, "GET", `/v1/desk/cases/${caseId}/mail/files/${fileId}/${part}`)
}
