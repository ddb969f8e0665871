import { authorMail, mailPart as askPart, storeMailPart } from "../core/author-mail.js"
import type { BoxAccount, Failed, Visit as AuthorVisit } from "../core/author.js"
import { openOwn, sealOwn } from "../core/box.js"
import { ascii, fromHex } from "../core/bytes.js"
import { isFileReference, type FileReference } from "../core/file-reference.js"
import { isObject } from "../core/json.js"
import { firstIdentity, recipientOf } from "../core/mail-key.js"
import { mailNumberOf } from "../core/mail-number.js"
import type { MailVisit } from "../core/mail-visit.js"
import type { Letter } from "../core/mailbox.js"
import type { StorePart } from "./mail-files.js"
import { edge } from "./transport.js"

/** What was typed or written, and has not left. */
export interface Unsent {
  readonly filing_id: string
  readonly text: string
  readonly files: readonly FileReference[]
  readonly letters: readonly Letter[]
}

const unsentName = ascii("wetoo/v1/unsent-mail")

/** The mailbox of an account, not opened yet. */
export function mailOf(author: AuthorVisit, account: BoxAccount): MailVisit | null {
  return authorMail(edge, author, account)
}

/** What an author compares with the counselor who has their case. */
export function numberWith({ keyset, keys }: AuthorVisit, filingId: string, counselor: string): string | null {
  const [id, signing] = [fromHex(filingId, 16), fromHex(counselor, 32)]
  return id && signing && mailNumberOf({ deployment: keyset.deployment, filingId: id }, keys.pseudonym, recipientOf(firstIdentity(keys.boxKey)), signing)
}

/** Seals what has not left, to be held in memory while the page is locked. */
export function sealUnsent({ keys }: AuthorVisit, unsent: Unsent): Uint8Array | null {
  return sealOwn(keys.boxKey, unsentName, unsent, edge.random)
}

/** It opens for the same author and account only. */
export function openUnsent({ keys }: AuthorVisit, filingId: string, held: Uint8Array): Unsent | null {
  const read = openOwn(keys.boxKey, unsentName, held)
  return isObject(read) && read["filing_id"] === filingId && typeof read["text"] === "string" && Array.isArray(read["letters"])
    && Array.isArray(read["files"]) && read["files"].every(isFileReference) ? (read as unknown as Unsent) : null
}

/** Stores parts of a file that goes with a message. */
export function storingFor(author: AuthorVisit, filingId: string): StorePart {
  return (id, part, parts, bytes) => storeMailPart(edge, author, filingId, id, part, parts, bytes)
}

/** Fetches parts of files that came with messages, or went with them. */
export function partsFor(author: AuthorVisit): (id: string, part: number) => Promise<Uint8Array | Failed> {
  return (id, part) => askPart(edge, author, id, part)
}

