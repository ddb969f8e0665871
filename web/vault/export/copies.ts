import type { BoxAccount, LedgerEntry, Visit as AuthorVisit } from "../../core/author.js"
import { encryptForPassphrase } from "../../core/age-passphrase.js"
import { ascii, toHex } from "../../core/bytes.js"
import type { Extract, Part } from "../../core/extract.js"
import type { FileReference } from "../../core/file-reference.js"
import type { AccountContent } from "../../core/record.js"
import { newReceipt, receiptWords } from "../../core/receipt.js"
import { zip, type ZipEntry } from "../../core/zip.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { ownPart } from "../files.js"
import { fetched } from "../files-view.js"
import { dateOf, say } from "../say.js"
import { edge } from "../transport.js"
import { pdfFrom, type Block } from "./paper.js"

/** What is copied: an account as it was sealed, or as it is written now. */
export interface Original {
  readonly account: AccountContent
  /** Null for a draft. */
  readonly sealed: { readonly author: AuthorVisit, readonly own: BoxAccount } | null
}

export type Recipient = "lawyer" | "doctor" | "police" | "employer" | "other"

/** What is locked here has so many bytes at most: it is made in memory. */
export const most_bytes = 100_000_000
const wordsOfKey = 8

export function dataOf({ account, sealed }: Original): Uint8Array {
  const ledger: readonly LedgerEntry[] = sealed?.author.box.ledger ?? []
  return json({
    wetoo: "record/1", made_day: edge.today(), sealed_day: sealed === null ? null : account.sealed_day,
    account: { ...withoutKeys(account), files: (account.files ?? []).map(asListed) }, additions: sealed?.own.addenda ?? [],
    contact: sealed?.own.contact ?? null, filed_day: sealed?.own.filed_day ?? null, ledger,
  })
}

export function recordPdf(original: Original, parts: readonly Part[]): Promise<Uint8Array | null> {
  return pdfFrom([
    { look: "title", text: say("export.paper.record") }, ...datesOf(original), ...partBlocks(parts), ...additionsOf(original),
    { look: "heading", text: say("export.paper.check") },
    { look: "quiet", text: say("export.paper.fingerprint", { hash: toHex(sha256(dataOf(original))) }) },
  ], pageOf)
}

export function extractPdf(original: Original, extract: Extract, recipient: Recipient): Promise<Uint8Array | null> {
  return pdfFrom([
    { look: "title", text: say("export.paper.extract") },
    { look: "text", text: say(`export.paper.for.${recipient}`) },
    { look: "text", text: say("export.paper.left", { parts: extract.leftOut, passages: extract.blackedOut }) },
    ...datesOf(original), ...partBlocks(extract.parts),
  ], pageOf)
}

export function extractData({ account, sealed }: Original, extract: Extract, recipient: Recipient): Uint8Array {
  return json({
    wetoo: "extract/1", for: recipient, made_day: edge.today(), sealed_day: sealed === null ? null : account.sealed_day,
    parts: extract.parts.map(({ room, paragraphs }) => ({ part: room, paragraphs: paragraphs.map((passages) => passages.join("")) })),
    left_out: extract.leftOut, blacked_out: extract.blackedOut,
  })
}

/** The eight words that open one file, and nothing else. */
export function newKeyWords(): string[] {
  return Array.from({ length: wordsOfKey }, () => {
    const [high = 0, low = 0] = edge.random(2)
    return receiptWords[(high << 8 | low) & 2047] ?? ""
  })
}

export interface Packed {
  readonly bytes: Uint8Array
  /** How many files of the account are not in it. */
  readonly without: number
}

/** The whole record in one archive, for whoever has the words. `null` when a file did not come. */
export async function lockedRecord(original: Original, parts: readonly Part[], words: readonly string[]): Promise<Packed | null> {
  const pdf = await recordPdf(original, parts)
  const files = original.account.files ?? []
  const fits = original.sealed !== null && files.reduce((sum, file) => sum + file.size_bytes, 0) <= most_bytes
  const entries: ZipEntry[] = [...(pdf === null ? [] : [{ name: "record.pdf", bytes: pdf }]), { name: "record.json", bytes: dataOf(original) }]
  for (const [i, file] of (fits ? files : []).entries()) {
    const blob = await fetched(file, ownPart(original.sealed?.author as AuthorVisit))
    if (blob === null) return null
    entries.push({ name: `file-${i + 1}.${/\.([A-Za-z0-9]{1,5})$/.exec(file.name)?.[1]?.toLowerCase() ?? "bin"}`, bytes: new Uint8Array(await blob.arrayBuffer()) })
  }
  return { bytes: await encryptForPassphrase(words.join(" "), zip(entries), edge.random), without: fits ? 0 : files.length }
}

function partBlocks(parts: readonly Part[]): Block[] {
  return parts.flatMap(({ room, paragraphs }) => [
    { look: "heading", text: say(`room.${room}`) } as const,
    ...paragraphs.map((passages) => ({ look: "text", text: passages.join("") }) as const),
  ])
}

function datesOf({ account, sealed }: Original): Block[] {
  return [
    { look: "text", text: sealed === null ? say("export.paper.draft") : say("export.paper.sealed", { date: dateOf(account.sealed_day) }) },
    ...(sealed === null ? [] : [{ look: "quiet", text: say("export.paper.dateMeans") } as const]),
    { look: "quiet", text: say("export.paper.made", { date: dateOf(edge.today()) }) },
  ]
}

function pageOf(n: number, of: number): string {
  return `${n} / ${of}`
}

function additionsOf({ sealed }: Original): Block[] {
  return (sealed?.own.addenda ?? []).flatMap(({ kind, text, sealed_day }) => [
    { look: "heading", text: say(`addenda.${kind}`, { date: dateOf(sealed_day) }) } as const,
    { look: "text", text } as const,
  ])
}

/** An account without what opens its additions at the vault. */
function withoutKeys(account: AccountContent): object {
  return Object.fromEntries(Object.entries(account).filter(([name]) => name !== "addenda_key" && name !== "pseudonym"))
}

/** A file without what opens it at the vault. */
function asListed({ name, type, size_bytes, sha256: hash }: FileReference): object {
  return { name, type, size_bytes, sha256: hash }
}

function json(value: object): Uint8Array {
  return ascii(`${JSON.stringify(value, null, 2)}\n`)
}
