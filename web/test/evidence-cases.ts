import { readFileSync } from "node:fs"
import { sha256 } from "@noble/hashes/sha2.js"
import { ascii, concat, toHex } from "../core/bytes.js"
import { packEvidence, type Dated, type Evidence } from "../core/evidence.js"
import type { Finding } from "../core/evidence-verdict.js"
import { entryOf, type EntryKind } from "../core/log-entry.js"
import { datedForm } from "../core/record.js"
import { publicKey, sign } from "../core/signing.js"
import { noteKinds } from "../core/tlog-note.js"
import { u32 } from "../core/wire.js"
import { crcOf, zip, type ZipEntry } from "../core/zip.js"
import type { TestAuthority } from "./test-authority.js"
import { TestLog, TestSigner } from "./test-log.js"

/** A package as somebody may hand it on, and what each check must say of it. */
export interface Case {
  readonly name: string
  readonly bytes: Uint8Array
  /** Whether the policy of the test is given, or the package's own word taken. */
  readonly believes: "policy" | "package"
  /** `part (fault)` of each; none when it matches. */
  readonly findings: readonly string[]
}

const seed = new Uint8Array(32).fill(9)
const stranger = new Uint8Array(32).fill(10)
const [log, otherLog] = [new TestSigner("log.example/wetoo", noteKinds.log, 1), new TestSigner("elsewhere.example", noteKinds.log, 2)]
const witnesses = [3, 4, 5].map((n) => new TestSigner(`witness-${n}.example`, noteKinds.witness, n))
const [first, second, third] = witnesses as [TestSigner, TestSigner, TestSigner]

/** The policy of the test: two of three witnesses. */
export const policy = `# Whom we believe\nlog ${log.text} https://log.example\n${witnesses.map((one, i) => `witness w${i + 1} ${one.text}\n`).join("")}group two 2 w1 w2 w3\nquorum two\n`

const photo = Uint8Array.from({ length: 3000 }, (_, i) => i % 251)
const note = ascii("<p>Notes of that week</p>\n")

export const sealedAccount = {
  wetoo: "account/1", text: "He stayed behind. \"sealed_day\":1, he said; \\ and\nبقي في المكتب. 😶", sealed_day: 20780,
  rooms: { where: { state: "answered", text: "The third floor, \"signer\":\"no\"." } }, when: { typed: "most Fridays", edtf: null }, episodes: [],
  files: [
    { id: "00".repeat(16), name: "IMG 1.jpg", type: "image/jpeg", size_bytes: photo.length, sha256: toHex(sha256(photo)), key: "AGE-SECRET-KEY-1", parts: 1,
      view: { id: "11".repeat(16), name: "", type: "image/jpeg", size_bytes: 1, sha256: "22".repeat(32), key: "AGE-SECRET-KEY-1", parts: 1 } },
    { id: "33".repeat(16), name: "notes", type: "text/html", size_bytes: note.length, sha256: toHex(sha256(note)), key: "AGE-SECRET-KEY-1", parts: 1 },
  ],
  wants: ["talk"], addenda_key: "44".repeat(32), pseudonym: "55".repeat(32), signer: toHex(publicKey(seed)),
}

const account = ascii(datedForm(sealedAccount))
const addendum1 = addition("It was a Friday. \"follows\":\"\"", account)
const addendum2 = addition("Not the third floor.", addendum1, "correction")
const notice = concat(ascii("wetoo/v1/match-notice"), new Uint8Array(16).fill(6), new Uint8Array(16).fill(7), u32(20790))

function addition(text: string, before: Uint8Array, kind = "addition"): Uint8Array {
  return ascii(JSON.stringify({ wetoo: "addendum/1", kind, text, sealed_day: 20785, follows: toHex(sha256(before)) }))
}

/** The log of the test with everything in it, and what else may be asked of it. */
class World {
  readonly log = new TestLog(log)
  readonly saltOf = (thing: Uint8Array) => sha256(concat(ascii("salt"), thing))
  readonly #indexes = new Map<Uint8Array, number>()

  constructor(...things: readonly (readonly [EntryKind, Uint8Array])[]) {
    for (const [kind, thing] of things) {
      for (let n = 0; n < 5; n += 1) this.log.append(entryOf(kind, new Uint8Array(32).fill(n), thing))
      this.#indexes.set(thing, this.log.append(entryOf(kind, this.saltOf(thing), thing)))
    }
    for (let n = 0; n < 20; n += 1) this.log.append(entryOf(3, new Uint8Array(32).fill(n), account))
  }

  indexOf(thing: Uint8Array): number {
    return this.#indexes.get(thing) ?? 0
  }

  lines(...by: readonly (readonly [TestSigner, number])[]): string[] {
    return by.map(([one, at_s]) => one.line(this.log.checkpoint(), at_s))
  }

  dated(thing: Uint8Array, timestamp: Uint8Array | null = null, lines = this.lines([log, 0], [third, 1_795_400_900], [first, 1_795_400_100], [second, 1_795_400_500])): Dated {
    return { thing, salt: this.saltOf(thing), proof: this.log.proof(this.indexOf(thing), ...lines), timestamp }
  }
}

const world = new World([1, account], [2, addendum1], [2, addendum2], [9, notice])

export function evidenceWith(changes: Partial<Evidence<Uint8Array>> = {}, timestamp: Uint8Array | null = null): Evidence<Uint8Array> {
  return {
    account: world.dated(account, timestamp), addenda: [addendum1, addendum2].map((one) => world.dated(one)),
    match: { ...world.dated(notice), day: 20790, index: BigInt(world.indexOf(notice)) },
    policy, sealed_day: 20780, index: BigInt(world.indexOf(account)),
    files: [
      { number: 1, ending: "jpg", size: photo.length, sha256: toHex(sha256(photo)), crc: crcOf(photo), content: photo },
      { number: 2, ending: "", size: note.length, sha256: toHex(sha256(note)), crc: crcOf(note), content: note },
    ],
    age: ascii("age-encryption.org/v1\n"), readme: "How to check this\n", text: "Sealed on 23 November 2026\n", pdf: ascii("%PDF-1.7\n"), check: readFileSync("core/check.sh", "utf8"), ...changes,
  }
}

export function bytesOf(evidence: Evidence<Uint8Array>): Uint8Array {
  return concat(...packEvidence(evidence, seed))
}

/** The files of an archive that we made. */
function entriesOf(archive: Uint8Array): ZipEntry[] {
  const entries: ZipEntry[] = []
  const view = new DataView(archive.buffer, archive.byteOffset)
  for (let at = 0; view.getUint32(at, true) === 0x04034b50;) {
    const [size, nameSize] = [view.getUint32(at + 18, true), view.getUint16(at + 26, true)]
    const name = new TextDecoder().decode(archive.slice(at + 30, at + 30 + nameSize))
    entries.push({ name, bytes: archive.slice(at + 30 + nameSize, at + 30 + nameSize + size) })
    at += 30 + nameSize + size
  }
  return entries
}

/** Where the bytes of a file begin. */
function placeOf(archive: Uint8Array, name: string): number {
  const entries = entriesOf(archive)
  const n = entries.findIndex((entry) => entry.name === name)
  return entries.slice(0, n + 1).reduce((sum, entry) => sum + 30 + entry.name.length, 0) + entries.slice(0, n).reduce((sum, entry) => sum + entry.bytes.length, 0)
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const altered = bytes.slice()
  altered[at] = (altered[at] ?? 0) ^ 1
  return altered
}

/** An archive with other files, listed and signed anew by somebody. */
function relisted(entries: readonly ZipEntry[], by: Uint8Array): Uint8Array {
  const members = entries.filter(({ name }) => !name.startsWith("manifest."))
  const list = ascii(members.map(({ name, bytes }) => `${toHex(sha256(bytes))}  ${name}\n`).join(""))
  return zip([...members, { name: "manifest.sha256", bytes: list }, { name: "manifest.sig", bytes: sign("manifest", list, by) }])
}

function replaced(entries: readonly ZipEntry[], changes: Readonly<Record<string, Uint8Array>>): ZipEntry[] {
  return entries.map(({ name, bytes }) => ({ name, bytes: changes[name] ?? bytes }))
}

/** What the list, the signature and the account say when a byte of a file is another. */
function faultOf(name: string): string {
  return { "manifest.sha256": "manifest.sha256 (list)", "manifest.sig": "manifest.sig (signature)" }[name] ?? `${name} (altered)`
}

/** Every way to tamper that we thought of, with what must be said. */
export function casesOf(authority: TestAuthority): Case[] {
  const stamp = authority.stamp(world.log.checkpoint())
  const whole = bytesOf(evidenceWith({}, stamp))
  const entries = entriesOf(whole)
  const by = (name: string, bytes: Uint8Array, ...findings: string[]): Case => ({ name, bytes, believes: "policy", findings })
  const own = (name: string, changes: Partial<Evidence<Uint8Array>>, ...findings: string[]) => by(name, bytesOf(evidenceWith(changes, stamp)), ...findings)
  const archive = "package (archive)"
  return [
    by("as it was made", whole),
    { ...by("by its own word", whole), believes: "package" },
    own("without match, additions, files, PDF and timestamp", { account: world.dated(account), addenda: [], match: null, files: [], pdf: null }),
    ...entries.flatMap(({ name, bytes }) => [0, bytes.length >> 1, bytes.length - 1].slice(0, name === "account.json" ? 3 : 1)
      .map((at) => by(`byte ${at} of ${name} altered`, flipped(whole, placeOf(whole, name) + (name === "account.json" ? at : bytes.length >> 1)), faultOf(name)))),
    by("a byte of the signer's key altered", flipped(whole, placeOf(whole, "account.json") + account.length - 10), "account.json (altered)"),
    ...tamperedArchives(whole, entries).map(([name, bytes]) => by(name, bytes, archive)),
    ...tamperedLists(entries).map(([name, bytes, ...findings]) => by(name, bytes, ...findings)),
    ...byItsAuthor(own, entries, authority),
    { ...own("a policy of its own", { policy: policy.replace("quorum two", "quorum none") }), believes: "package" },
    { ...own("a policy that is none", { policy: "quorum nobody\n" }, "policy.txt (malformed)"), believes: "package" },
  ]
}

function tamperedArchives(whole: Uint8Array, entries: readonly ZipEntry[]): [string, Uint8Array][] {
  const [one, ...rest] = entries as [ZipEntry, ...ZipEntry[]]
  const end = whole.length
  return [
    ["truncated in the middle", whole.slice(0, end >> 1)],
    ["its last byte missing", whole.slice(0, -1)],
    ["a byte more", concat(whole, Uint8Array.of(0))],
    ["a byte before", concat(Uint8Array.of(0), whole)],
    ["no archive at all", ascii("This is no archive.\n")],
    ["an empty file", new Uint8Array(0)],
    ["an archive of nothing", zip([])],
    ["the time of a file altered", flipped(whole, 10)],
    ["the way to pack altered", flipped(whole, 8)],
    ["the stated sum of a file altered, before it", flipped(whole, 14)],
    ["the stated sum altered in both places", flipped(flipped(whole, 14), whole.length - 22 - listSize(entries) + 16)],
    ["the attributes in the list altered", flipped(whole, whole.length - 22 - listSize(entries) + 38)],
    ["the offset in the list altered", flipped(whole, whole.length - 22 - listSize(entries) + 42)],
    ["the count at its end altered", flipped(whole, end - 12)],
    ["a name that comes twice", zip([one, ...rest, { name: one.name, bytes: ascii("another\n") }])],
    ["the same file twice", zip([one, one, ...rest])],
    ["a name that leads out", zip([...entries, { name: "../../outside", bytes: ascii("x") }])],
    ["a name from the root", zip([...entries, { name: "/etc/cron.d/x", bytes: ascii("x") }])],
    ["a name with backslashes", zip([...entries, { name: "files\\..\\..\\x", bytes: ascii("x") }])],
    ["a folder", zip([...entries, { name: "files/", bytes: new Uint8Array(0) }])],
    ["a file that nobody knows", zip([...entries, { name: "read-me-first.html", bytes: ascii("x") }])],
  ]
}

function listSize(entries: readonly ZipEntry[]): number {
  return entries.reduce((sum, { name }) => sum + 46 + name.length, 0)
}

/** By somebody who has no key of the author. */
function tamperedLists(entries: readonly ZipEntry[]): [string, Uint8Array, ...string[]][] {
  const without = (...names: readonly string[]) => entries.filter(({ name }) => !names.includes(name))
  const list = new TextDecoder().decode(entries.find(({ name }) => name === "manifest.sha256")?.bytes)
  const lines = (text: string) => zip(replaced(entries, { "manifest.sha256": ascii(text) }))
  const mine = { ...JSON.parse(new TextDecoder().decode(account)) as object, signer: toHex(publicKey(stranger)) }
  return [
    ["its timestamp gone", zip(without("timestamp.tst")), "timestamp.tst (missing)"],
    ["its timestamp gone, and listed anew", relisted(without("timestamp.tst"), stranger), "manifest.sig (signature)"],
    ["its text gone", zip(without("account.txt")), "account.txt (missing)"],
    ["its proof gone", zip(without("proof.tlog")), "proof.tlog (missing)"],
    ["a file that is not listed", zip([...entries, { name: "files/3.jpg", bytes: photo }]), "files/3.jpg (unlisted)"],
    ["a line more in the list", lines(`${list}${toHex(sha256(photo))}  files/3.jpg\n`), "manifest.sha256 (list)"],
    ["a line more that is none", lines(`${list}# checked\n`), "manifest.sha256 (list)"],
    ["a line twice", lines(`${list}${list.split("\n")[0]}\n`), "manifest.sha256 (list)"],
    ["a line less", lines(list.slice(list.indexOf("\n") + 1)), "manifest.sha256 (list)"],
    ["the end of the list missing", lines(list.slice(0, -1)), "manifest.sha256 (list)"],
    ["a PDF of somebody else", relisted(replaced(entries, { "account.pdf": ascii("%PDF-1.7\nOther words\n") }), stranger), "manifest.sig (signature)"],
    ["the account of somebody else", relisted(replaced(entries, { "account.json": ascii(datedForm(mine)) }), stranger), "proof.tlog (not-proven)", "addenda/1.json (order)"],
    ["salts swapped", zip(replaced(entries, { "salt.hex": saltText(addendum1), "addenda/1.salt.hex": saltText(account) })), "salt.hex (altered)", "addenda/1.salt.hex (altered)"],
  ]
}

function saltText(thing: Uint8Array): Uint8Array {
  return ascii(`${toHex(world.saltOf(thing))}\n`)
}

/** By the author, who has the key, and would like another date. */
function byItsAuthor(own: (name: string, changes: Partial<Evidence<Uint8Array>>, ...findings: string[]) => Case, entries: readonly ZipEntry[], authority: TestAuthority): Case[] {
  const [dated, dated1, dated2, match] = [world.dated(account), world.dated(addendum1), world.dated(addendum2), { ...world.dated(notice), day: 20790, index: BigInt(world.indexOf(notice)) }]
  const forked = new World([1, ascii(datedForm({ ...sealedAccount, text: "Other words." }))], [2, addendum1], [2, addendum2], [9, notice])
  const before = new World([9, notice], [1, account], [2, addendum1], [2, addendum2])
  const elsewhere = new TestLog(otherLog)
  elsewhere.append(entryOf(1, dated.salt, account))
  const proofBy = (...lines: string[]) => ({ account: { ...dated, proof: world.log.proof(world.indexOf(account), ...lines) } })
  const signed = (...changes: readonly [string, Uint8Array][]) => relisted(replaced(entries, Object.fromEntries(changes)), seed)
  const at = 1_795_400_100
  const wordsOf = (text: string) => ascii(datedForm({ ...sealedAccount, text }))
  const other = wordsOf("Other words.")
  return [
    own("its salts swapped", { account: { ...dated, salt: dated1.salt }, addenda: [{ ...dated1, salt: dated.salt }, dated2] }, "proof.tlog (not-proven)", "addenda/1.tlog (not-proven)"),
    own("another's proof", { account: { ...dated, proof: dated1.proof } }, "proof.tlog (not-proven)"),
    own("other words with the old proof", { account: { ...dated, thing: other } }, "proof.tlog (not-proven)", "addenda/1.json (order)"),
    own("a forked checkpoint that only the log signed", { account: { ...forked.dated(other), proof: forked.log.proof(5, ...forked.lines([log, 0])) }, addenda: [], match: null, index: 5n }, "proof.tlog (witnesses)"),
    own("a forked checkpoint with the cosignatures of the other", { account: { ...forked.dated(other), proof: forked.log.proof(5, ...forked.lines([log, 0]), ...world.lines([first, at], [second, at])) }, addenda: [], match: null, index: 5n }, "proof.tlog (witnesses)"),
    own("a witness missing", proofBy(...world.lines([log, 0], [third, at])), "proof.tlog (witnesses)"),
    own("one witness twice", proofBy(...world.lines([log, 0], [third, at], [third, at + 1])), "proof.tlog (witnesses)"),
    own("a witness that nobody knows", proofBy(...world.lines([log, 0], [third, at], [new TestSigner("witness-9.example", noteKinds.witness, 9), at])), "proof.tlog (witnesses)"),
    own("a time that no witness said", proofBy(...world.lines([log, 0], [third, at]), first.line(world.log.checkpoint(), at).replace(/.{4}\n$/, "AAA=\n")), "proof.tlog (witnesses)"),
    own("a checkpoint without its log", proofBy(...world.lines([first, at], [second, at])), "proof.tlog (log-signature)"),
    own("a checkpoint that another signed in the log's name", proofBy(...world.lines([new TestSigner(log.key.name, noteKinds.log, 8), 0], [first, at], [second, at])), "proof.tlog (log-signature)"),
    own("another log", { account: { ...dated, proof: elsewhere.proof(0, otherLog.line(elsewhere.checkpoint()), first.line(elsewhere.checkpoint(), at), second.line(elsewhere.checkpoint(), at)) }, addenda: [], match: null, index: 0n }, "proof.tlog (log-unknown)"),
    own("an index that is another", { account: { ...dated, proof: dated.proof.replace(/index \d+/, "index 6") } }, "proof.tlog (not-proven)"),
    own("a hash less on the path", { account: { ...dated, proof: dated.proof.replace(/(index \d+\n)[^\n]+\n/, "$1") } }, "proof.tlog (not-proven)"),
    own("a proof that is none", { account: { ...dated, proof: "c2sp.org/tlog-proof@v2\n" } }, "proof.tlog (malformed)"),
    own("a proof with something extra", { account: { ...dated, proof: dated.proof.replace("\nindex", "\nextra QUJD\nindex") } }),
    own("additions in another order", { addenda: [dated2, dated1] }, "addenda/1.json (order)", "addenda/2.json (order)"),
    own("the first addition left out", { addenda: [dated2] }, "addenda/1.json (order)"),
    own("an addition with the proof of another", { addenda: [dated1, { ...dated2, proof: dated1.proof }] }, "addenda/2.tlog (not-proven)"),
    own("told of a match before it was sealed", { account: before.dated(account), addenda: [before.dated(addendum1), before.dated(addendum2)], match: { ...before.dated(notice), day: 20790, index: 5n }, index: BigInt(before.indexOf(account)) }, "match.tlog (order)"),
    own("told by another log", { match: { ...match, proof: elsewhereNotice(elsewhere, match.salt) } }, "match.tlog (order)"),
    own("a notice that is none", { match: { ...match, thing: notice.slice(1) } }, "match.bin (malformed)"),
    own("another day in the notice", { match: { ...match, thing: concat(notice.slice(0, -4), u32(20791)) } }, "match.tlog (not-proven)"),
    own("another day in the timeline", { sealed_day: 20000 }, "timeline.json (malformed)"),
    own("a timestamp of another checkpoint", { account: { ...dated, timestamp: authority.stamp("another\n") } }, "timestamp.tst (timestamp)"),
    own("a timestamp that is none", { account: { ...dated, timestamp: ascii("now") } }, "timestamp.tst (timestamp)"),
    own("a file left out", { files: evidenceWith().files.slice(1) }),
    own("a file that is another", { files: [{ ...evidenceWith().files[1], number: 1 } as never] }, "files/1 (altered)"),
    own("a file that the account does not name", { files: [...evidenceWith().files, { ...evidenceWith().files[0], number: 3 } as never] }, "files/3.jpg (unlisted)"),
    { name: "a salt that is none", bytes: signed(["salt.hex", ascii("00\n")]), believes: "policy", findings: ["salt.hex (malformed)"] },
    { name: "an account that is none", bytes: signed(["account.json", ascii(`{"wetoo":"letter/1","signer":"${sealedAccount.signer}"}`)]), believes: "policy", findings: ["account.json (malformed)"] },
  ]
}

function elsewhereNotice(elsewhere: TestLog, salt: Uint8Array): string {
  const index = elsewhere.append(entryOf(9, salt, notice))
  return elsewhere.proof(index, otherLog.line(elsewhere.checkpoint()))
}

export function said({ part, fault }: Finding): string {
  return `${part} (${fault})`
}
