import { parseAddendum } from "./addenda.js"
import { fromHex, toHex } from "./bytes.js"
import { neededMembers, timelineOf } from "./evidence.js"
import type { Package } from "./evidence-package.js"
import { isObject, isWhole, parseJson } from "./json.js"
import { entryOf, type EntryKind } from "./log-entry.js"
import { verify } from "./signing.js"
import { isIncluded, parseProof, shownBy, type LogProof, type NotEnough } from "./tlog-proof.js"
import { parsePolicy, type LogPolicy } from "./tlog-policy.js"
import { parseToken, type Token } from "./timestamp.js"

/** What is wrong with a part of a package. */
export type Fault =
  /** The archive itself: not one that was made here, or not all of it. */
  | "archive"
  | "missing"
  /** It is there, and nothing names it. */
  | "unlisted"
  /** Its bytes are not those that were signed. */
  | "altered"
  /** The list of the files is not the one that was signed. */
  | "list"
  /** The signature of the list is not by who sealed the account. */
  | "signature"
  | "malformed"
  /** The log does not hold this. */
  | "not-proven"
  /** It does not follow what it must follow. */
  | "order"
  /** The timestamp is of something else, or its signature does not hold. */
  | "timestamp"
  | NotEnough

export interface Finding {
  readonly part: string
  readonly fault: Fault
}

/** When something was there, by a policy. */
export interface Seen {
  /** `account.json`, `addenda/1.json`, `match.bin`. */
  readonly part: string
  /** The day that its author's device, or the vault, put into it. */
  readonly day: number
  readonly index: bigint
  /** The earliest time by which enough witnesses had seen it, in seconds since 1970; null when the policy asks for no witness. */
  readonly at_s: bigint | null
  readonly log: string
  readonly witnesses: readonly string[]
  readonly timestamp: Token | null
}

export type Verdict =
  | { readonly kind: "does-not-match", readonly findings: readonly Finding[] }
  /** `own`: by the logs and witnesses that the package itself names, so only that it holds together. */
  | { readonly kind: "matches" | "own", readonly seen: readonly Seen[], readonly filesHere: number, readonly filesLeftOut: number }

/** Something dated, as it stands in a package. */
interface Held {
  readonly part: string
  readonly proofPart: string
  readonly day: number
  readonly proof: LogProof
  readonly timestamp: Token | null
}

/**
 * Checks a package. spec/evidence.md, "The verdict". Needs no network and no clock.
 *
 * @param held - `null` when the archive is none.
 * @param policy - Which logs and witnesses somebody believes; null to take those that the package names, which shows only that it holds together.
 */
export function verdictOf(held: Package | null, policy: LogPolicy | null): Verdict {
  if (held === null) return mismatch([{ part: "package", fault: "archive" }])
  const missing = neededMembers.filter((name) => !held.has(name))
  if (missing.length > 0) return mismatch(missing.map((part) => ({ part, fault: "missing" })))

  const findings = listFindings(held)
  if (findings.length > 0) return mismatch(findings)
  // After the list, so that a file that was altered is named.
  if ([...held.values()].some(({ isSumRight }) => !isSumRight)) return mismatch([{ part: "package", fault: "archive" }])

  const found: Finding[] = []
  const parts = heldParts(held, found)
  return found.length > 0 ? mismatch(found) : byPolicy(held, parts, policy)
}

function mismatch(findings: readonly Finding[]): Verdict {
  return { kind: "does-not-match", findings }
}

/** Holds every file to the list, and the list to who sealed the account. */
function listFindings(held: Package): Finding[] {
  const [list, account] = [textOf(held, "manifest.sha256"), parseJson(textOf(held, "account.json"))]
  const listed = parseList(list)
  const signer = fromHex(account?.["signer"], 32)
  const isSigned = signer !== null && verify("manifest", bytesOf(held, "manifest.sha256"), bytesOf(held, "manifest.sig"), signer)
  const differing = listed === null ? [] : differences(held, listed)
  if (isSigned) return listed === null ? [{ part: "manifest.sha256", fault: "list" }] : differing

  // Either the list and its signature were altered, or the account that says by whose key they must be.
  const proof = parseProof(textOf(held, "proof.tlog"))
  const salt = saltOf(held, "salt.hex")
  if (proof !== null && salt !== null && isIncluded(proof, entryOf(1, salt, bytesOf(held, "account.json")))) {
    return listed === null || differing.length > 0 ? [{ part: "manifest.sha256", fault: "list" }] : [{ part: "manifest.sig", fault: "signature" }]
  }
  return listed?.get("account.json") === held.get("account.json")?.sha256
    ? [{ part: "account.json", fault: "not-proven" }, { part: "manifest.sig", fault: "signature" }]
    : [{ part: "account.json", fault: "altered" }]
}

/** The lines of `sha256sum`; `null` when one is none, or names what another names. */
function parseList(text: string): Map<string, string> | null {
  const lines = text.endsWith("\n") ? text.slice(0, -1).split("\n") : [""]
  const listed = new Map(lines.map((line) => {
    const [, hash = "", name = ""] = /^([0-9a-f]{64})  ([^ ]+)$/.exec(line) ?? []
    return [name, hash] as const
  }))
  return listed.size === lines.length && !listed.has("") && !listed.has("manifest.sha256") && !listed.has("manifest.sig") ? listed : null
}

function differences(held: Package, listed: ReadonlyMap<string, string>): Finding[] {
  const names = new Set([...held.keys(), ...listed.keys()])
  names.delete("manifest.sha256")
  names.delete("manifest.sig")
  return [...names].flatMap((part): Finding[] => {
    const [here, said] = [held.get(part)?.sha256, listed.get(part)]
    if (here === said) return []
    return [{ part, fault: here === undefined ? "missing" : said === undefined ? "unlisted" : "altered" }]
  })
}

/** Holds the parts to each other; notes what does not fit. */
function heldParts(held: Package, found: Finding[]): Held[] {
  const account = parseJson(textOf(held, "account.json"))
  const day = account?.["sealed_day"]
  if (account?.["wetoo"] !== "account/1" || !isWhole(day, 0, 2 ** 32 - 1)) {
    found.push({ part: "account.json", fault: "malformed" })
    return []
  }
  found.push(...fileFindings(held, account["files"]))
  const parts = [heldPart(held, found, { part: "account.json", begins: "", kind: 1, day }), ...heldAddenda(held, found)]
  parts.push(...heldMatch(held, found, parts[0]?.proof))
  const [first, match] = [parts[0], parts.find((one) => one?.part === "match.bin")]
  if (first != null && found.length === 0 && textOf(held, "timeline.json") !== timelineOf(day, first.proof.index, match ? { day: match.day, index: match.proof.index } : null)) {
    found.push({ part: "timeline.json", fault: "malformed" })
  }
  return parts.filter((one) => one !== null)
}

function heldPart(
  held: Package, found: Finding[], { part, begins, kind, day }: { readonly part: string, readonly begins: string, readonly kind: EntryKind, readonly day: number },
): Held | null {
  const [saltPart, proofPart, timePart] = [`${begins}salt.hex`, begins === "" ? "proof.tlog" : `${begins}tlog`, begins === "" ? "timestamp.tst" : `${begins}tst`]
  const [salt, proof] = [saltOf(held, saltPart), parseProof(textOf(held, proofPart))]
  if (salt === null) found.push({ part: saltPart, fault: "malformed" })
  else if (proof === null) found.push({ part: proofPart, fault: "malformed" })
  else if (!isIncluded(proof, entryOf(kind, salt, bytesOf(held, part)))) found.push({ part: proofPart, fault: "not-proven" })
  if (salt === null || proof === null) return null

  const timestamp = held.has(timePart) ? parseToken(bytesOf(held, timePart), proof.note.text) : null
  if (timestamp === null && held.has(timePart)) found.push({ part: timePart, fault: "timestamp" })
  return { part, proofPart, day, proof, timestamp }
}

/** Additions come without gaps, and each says to the byte what it follows. */
function heldAddenda(held: Package, found: Finding[]): (Held | null)[] {
  const parts: (Held | null)[] = []
  const count = [...held.keys()].reduce((most, name) => Math.max(most, Number(/^addenda\/(\d+)\./.exec(name)?.[1] ?? 0)), 0)
  let before = "account.json"
  for (let n = 1; n <= count; n += 1) {
    const names = [`addenda/${n}.json`, `addenda/${n}.salt.hex`, `addenda/${n}.tlog`] as const
    const gone = names.filter((name) => !held.has(name))
    found.push(...gone.map((part) => ({ part, fault: "missing" } as const)))
    if (gone.length > 0) continue
    const content = parseAddendum(textOf(held, names[0]))
    if (content === null || content.follows !== held.get(before)?.sha256) found.push({ part: names[0], fault: content === null ? "malformed" : "order" })
    else parts.push(heldPart(held, found, { part: names[0], begins: `addenda/${n}.`, kind: 2, day: content.sealed_day }))
    before = names[0]
  }
  return parts
}

/** A notice of a match stands behind the account in the same log. */
function heldMatch(held: Package, found: Finding[], account: LogProof | undefined): (Held | null)[] {
  const names = ["match.bin", "match.salt.hex", "match.tlog"] as const
  const gone = names.filter((name) => !held.has(name))
  if (gone.length === names.length) return []
  found.push(...gone.map((part) => ({ part, fault: "missing" } as const)))
  if (gone.length > 0) return []

  const day = dayOfNotice(bytesOf(held, "match.bin"))
  if (day === null) {
    found.push({ part: "match.bin", fault: "malformed" })
    return []
  }
  const match = heldPart(held, found, { part: "match.bin", begins: "match.", kind: 9, day })
  const isLater = match === null || account === undefined || (match.proof.checkpoint.origin === account.checkpoint.origin && match.proof.index > account.index)
  if (!isLater) found.push({ part: "match.tlog", fault: "order" })
  return [match]
}

const noticeBegins = "wetoo/v1/match-notice"

/** The day in a match notice, spec/log.md; `null` when it is none. */
function dayOfNotice(notice: Uint8Array): number | null {
  if (notice.length !== noticeBegins.length + 36 || new TextDecoder().decode(notice.slice(0, noticeBegins.length)) !== noticeBegins) return null
  return notice.slice(-4).reduce((sum, byte) => sum * 256 + byte, 0)
}

/** Every file that is here is one that the account names. Some may be left out. */
function fileFindings(held: Package, listed: unknown): Finding[] {
  const named = Array.isArray(listed) ? listed : []
  return filesIn(held).flatMap((part): Finding[] => {
    const own: unknown = named[numberOf(part) - 1]
    if (!isObject(own)) return [{ part, fault: "unlisted" }]
    return own["sha256"] === held.get(part)?.sha256 ? [] : [{ part, fault: "altered" }]
  })
}

function byPolicy(held: Package, parts: readonly Held[], given: LogPolicy | null): Verdict {
  const policy = given ?? parsePolicy(textOf(held, "policy.txt"))
  if (policy === null) return mismatch([{ part: "policy.txt", fault: "malformed" }])

  const found: Finding[] = []
  const seen = parts.flatMap(({ part, proofPart, day, proof, timestamp }): Seen[] => {
    const shown = shownBy(proof, policy)
    if (typeof shown !== "string") return [{ part, day, index: proof.index, log: proof.checkpoint.origin, timestamp, ...shown }]
    found.push({ part: proofPart, fault: shown })
    return []
  })
  if (found.length > 0) return mismatch(found)
  const named = parseJson(textOf(held, "account.json"))?.["files"]
  const filesHere = filesIn(held).length
  return { kind: given === null ? "own" : "matches", seen, filesHere, filesLeftOut: (Array.isArray(named) ? named.length : 0) - filesHere }
}

function filesIn(held: Package): string[] {
  return [...held.keys()].filter((name) => name.startsWith("files/"))
}

function numberOf(file: string): number {
  return Number(/^files\/(\d+)/.exec(file)?.[1])
}

function saltOf(held: Package, name: string): Uint8Array | null {
  const text = textOf(held, name)
  const salt = fromHex(text.slice(0, -1), 32)
  return salt !== null && text === `${toHex(salt)}\n` ? salt : null
}

function bytesOf(held: Package, name: string): Uint8Array {
  return held.get(name)?.bytes ?? new Uint8Array(0)
}

function textOf(held: Package, name: string): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytesOf(held, name))
}
