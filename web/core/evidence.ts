import { x25519 } from "@noble/curves/ed25519.js"
import { hkdf } from "@noble/hashes/hkdf.js"
import { sha256, sha512 } from "@noble/hashes/sha2.js"
import { toBech32 } from "./bech32.js"
import { ascii, toHex } from "./bytes.js"
import { sign } from "./signing.js"
import { crcOf, ZipWriter } from "./zip.js"

// What an author takes out with its date: spec/evidence.md. Made on their device; whoever has it needs nobody to check it.

/** Something that was sealed, with what shows when. */
export interface Dated {
  /** Its exact bytes. */
  readonly thing: Uint8Array
  readonly salt: Uint8Array
  /** A C2SP tlog-proof. */
  readonly proof: string
  /** An RFC 3161 token over the text of the proof's checkpoint. */
  readonly timestamp: Uint8Array | null
}

/** A file of the account, whose bytes are somewhere else. */
export interface Attached<T> {
  /** Which of the account's files, from 1. */
  readonly number: number
  /** Without its dot; empty when it has none. */
  readonly ending: string
  readonly size: number
  /** In hex. */
  readonly sha256: string
  readonly crc: number
  readonly content: T
}

export interface Evidence<T> {
  readonly account: Dated
  readonly addenda: readonly Dated[]
  /** That the author was told of a match. */
  readonly match: (Dated & { readonly day: number, readonly index: bigint }) | null
  readonly policy: string
  readonly sealed_day: number
  readonly index: bigint
  readonly files: readonly Attached<T>[]
  /** The account as it was sealed, with what opens its files and additions, as an age file to its author. */
  readonly age: Uint8Array
  /** For people: made from the account, each in the author's language. */
  readonly readme: string
  readonly text: string
  readonly pdf: Uint8Array | null
  readonly check: string
}

interface Member<T> {
  readonly name: string
  readonly size: number
  readonly sha256: string
  readonly crc: number
  readonly content: Uint8Array | T
}

/**
 * The archive, piece by piece.
 *
 * @param seed - Of the key that the account names as its signer.
 */
export function packEvidence<T>(evidence: Evidence<T>, seed: Uint8Array): (Uint8Array | T)[] {
  const members = membersOf(evidence)
  const list = ascii(members.map(({ name, sha256: hash }) => `${hash}  ${name}\n`).join(""))
  return pack([...members, member("manifest.sha256", list), member("manifest.sig", sign("manifest", list, seed))])
}

function pack<T>(members: readonly Member<T>[]): (Uint8Array | T)[] {
  const writer = new ZipWriter()
  return [...members.flatMap(({ name, size, crc, content }) => [writer.head(name, size, crc), content]), writer.end()]
}

function membersOf<T>(evidence: Evidence<T>): Member<T>[] {
  const { account, addenda, match, pdf } = evidence
  return [
    member("README.txt", ascii(evidence.readme)),
    member("account.json", account.thing),
    member("account.txt", ascii(evidence.text)),
    ...(pdf === null ? [] : [member("account.pdf", pdf)]),
    member("account.age", evidence.age),
    ...evidence.files.map(({ number, ending, size, sha256: hash, crc, content }) => ({ name: `files/${number}${ending === "" ? "" : `.${ending}`}`, size, sha256: hash, crc, content })),
    ...addenda.flatMap((one, i) => datedMembers(`addenda/${i + 1}.json`, `addenda/${i + 1}.`, one)),
    ...datedMembers(null, "", account),
    ...(match === null ? [] : datedMembers("match.bin", "match.", match)),
    member("policy.txt", ascii(evidence.policy)),
    member("timeline.json", ascii(timelineOf(evidence.sealed_day, evidence.index, match))),
    member("check.sh", ascii(evidence.check)),
  ]
}

/** @param name - Of the thing, when it is not there already. */
function datedMembers(name: string | null, begins: string, { thing, salt, proof, timestamp }: Dated): Member<never>[] {
  return [
    ...(name === null ? [] : [member(name, thing)]),
    member(`${begins}salt.hex`, ascii(`${toHex(salt)}\n`)),
    member(begins === "" ? "proof.tlog" : `${begins}tlog`, ascii(proof)),
    ...(timestamp === null ? [] : [member(begins === "" ? "timestamp.tst" : `${begins}tst`, timestamp)]),
  ]
}

function member(name: string, bytes: Uint8Array): Member<never> {
  return { name, size: bytes.length, sha256: toHex(sha256(bytes)), crc: crcOf(bytes), content: bytes }
}

/** By whom `account.age` is opened: the author's own age identity, and the recipient that it is sealed to. @param seed - Of the key that the account names as its signer. */
export function ageKeysOf(seed: Uint8Array): { readonly identity: string, readonly recipient: string } {
  const secret = hkdf(sha512, seed, new Uint8Array(0), ascii("wetoo/v1/signer/age"), 32)
  return { identity: toBech32("age-secret-key-", secret).toUpperCase(), recipient: toBech32("age", x25519.getPublicKey(secret)) }
}

/** What came when, for machines: to the byte what the other parts say. */
export function timelineOf(sealed_day: number, index: bigint, match: { readonly day: number, readonly index: bigint } | null): string {
  const told = match === null ? "" : `,"told_day":${match.day},"told_index":${match.index}`
  return `{"wetoo":"timeline/1","sealed_day":${sealed_day},"sealed_index":${index}${told}}\n`
}

/** The names that may stand in a package. */
export function isMemberName(name: string): boolean {
  return /^(README\.txt|account\.(json|txt|pdf|age)|salt\.hex|proof\.tlog|match\.(bin|salt\.hex|tlog|tst)|timestamp\.tst|policy\.txt|timeline\.json|check\.sh|manifest\.(sha256|sig))$/.test(name)
    || /^files\/[1-9][0-9]{0,2}(\.[a-z0-9]{1,5})?$/.test(name) || /^addenda\/[1-9][0-9]?\.(json|salt\.hex|tlog|tst)$/.test(name)
}

/** The names that must. */
export const neededMembers = ["README.txt", "account.json", "account.txt", "account.age", "salt.hex", "proof.tlog", "policy.txt", "timeline.json", "check.sh", "manifest.sha256", "manifest.sig"] as const
