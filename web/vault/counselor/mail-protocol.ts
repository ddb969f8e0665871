import { hasFailed, type Failed } from "../../core/author.js"
import { fromHex } from "../../core/bytes.js"
import { counselorMail, glanceAt, mailPart, storeMailPart } from "../../core/counselor-mail.js"
import { seedOf } from "../../core/desk.js"
import { mailNumberOf } from "../../core/mail-number.js"
import type { MailVisit } from "../../core/mail-visit.js"
import { publicKey } from "../../core/signing.js"
import { deskPlace, type Case, type DeskKey, type OpenedCase } from "../desk-protocol.js"
import type { StorePart } from "../mail-files.js"
import { edge } from "../transport.js"

/** The mailbox of a case, not opened yet; `null` when its author left no way to write to them. */
export async function mailOfCase(key: DeskKey, card: OpenedCase): Promise<MailVisit | Failed | null> {
  const place = await deskPlace()
  return hasFailed(place) ? place : counselorMail(edge, place, key, card)
}

/** What a counselor compares with the author of a case; `null` when its author left no way to write to them. */
export async function numberWith(key: DeskKey, { filingId, contact }: OpenedCase): Promise<string | null> {
  const place = await deskPlace()
  const [id, pseudonym] = [fromHex(filingId, 16), fromHex(contact?.pseudonym, 32)]
  if (hasFailed(place) || id === null || pseudonym === null || typeof contact?.mail !== "string") return null
  return mailNumberOf({ deployment: place.deployment, filingId: id }, pseudonym, contact.mail, publicKey(seedOf(key)))
}

/** Whether an author said something that this counselor has not seen, in an exchange like others. */
export async function hasNews(key: DeskKey, one: Case): Promise<boolean | Failed> {
  const place = await deskPlace()
  return hasFailed(place) ? place : glanceAt(edge, place, key, one)
}

/** Stores parts of a file that goes with a message. */
export function storingFor(key: DeskKey, caseId: string): StorePart {
  return async (id, part, parts, bytes) => {
    const place = await deskPlace()
    return hasFailed(place) ? place : storeMailPart(edge, place, key, caseId, id, part, parts, bytes)
  }
}

/** One part of a file of a mailbox. */
export async function partOfMail(key: DeskKey, caseId: string, id: string, part: number): Promise<Uint8Array | Failed> {
  const place = await deskPlace()
  return hasFailed(place) ? place : mailPart(edge, place, key, caseId, id, part)
}
