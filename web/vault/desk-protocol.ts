import { hasFailed, type Failed } from "../core/author.js"
import { ascii, fromBase64, fromHex, toBase64, toHex } from "../core/bytes.js"
import { askStop as sayStopAsked, casePart, close as sayClosed, done as sayDone, join, listCases as askForCases, newCounselorKeys, openCase as askForCase, promise as sayPromise, recuse as sayRecused, vouch as sayVouched, type Case, type Clock, type CounselorKeys, type Joining, type OpenedCase, type Queue } from "../core/counselor.js"
import type { Door } from "../core/doors.js"
import { openRoom as openOne, rest as sayEnough, type OpenedRoom, type Rested } from "../core/reading.js"
import { find as sayFound, share as shareSheet, type Question } from "../core/checks.js"
import type { FindingAnswer, Sibling } from "../core/siblings.js"
import type { ContactContent } from "../core/author.js"
import { parseJson } from "../core/json.js"
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js"
import { hkdf } from "@noble/hashes/hkdf.js"
import { sha512 } from "@noble/hashes/sha2.js"
import { placeOf, type Place } from "./place.js"
import { answerOf, makePasskey, type PasskeyFailure } from "./prf.js"
import { edge } from "./transport.js"
import { stretch } from "./worker.js"

/** A counselor's keys in the clear: in memory while the desk is open, and nowhere else. */
export type DeskKey = CounselorKeys
export type { Case, Clock, FindingAnswer, OpenedCase, Question, Queue, Sibling }

/** A key seals once: each sealing has a salt of its own. */
const nonce = new Uint8Array(24)

export function makeDeskKey(): Promise<DeskKey> {
  return newCounselorKeys(edge)
}

/** The keys under a passphrase: Argon2id with 64 MiB, then XChaCha20-Poly1305. */
export async function sealDeskKey(key: DeskKey, passphrase: string): Promise<string> {
  const salt = edge.random(16)
  const under = await stretch(ascii(passphrase.normalize("NFKC")), salt)
  const sealed = xchacha20poly1305(under, nonce).encrypt(ascii(JSON.stringify(key)))
  return JSON.stringify({ wetoo: "desk-key/1", salt: toHex(salt), sealed: toBase64(sealed) })
}

/** @returns Null when the passphrase does not open it. */
export async function openDeskKey(text: string, passphrase: string): Promise<DeskKey | null> {
  const parts = sealedParts(text)
  if (parts === null) return null

  const under = await stretch(ascii(passphrase.normalize("NFKC")), parts.salt)
  try {
    return JSON.parse(new TextDecoder().decode(xchacha20poly1305(under, nonce).decrypt(parts.sealed))) as DeskKey
  } catch {
    return null // The library has no way to ask first.
  }
}

const lockName = ascii("wetoo/v1/desk-passkey")

/** Makes a passkey, and seals the keys under what it alone answers. The passphrase opens its own copy as before. */
export async function sealUnderLock(key: DeskKey): Promise<string | PasskeyFailure> {
  const output = await makePasskey(lockName)
  if (typeof output === "string") return output

  const fresh = edge.random(24)
  const sealed = xchacha20poly1305(lockKeyOf(output), fresh).encrypt(ascii(JSON.stringify(key)))
  return JSON.stringify({ wetoo: "desk-lock/1", nonce: toHex(fresh), sealed: toBase64(sealed) })
}

/** Opens what the device's own lock opens: `nothing` when that is none of it. */
export async function openUnderLock(text: string | null): Promise<DeskKey | PasskeyFailure> {
  const output = await answerOf(lockName)
  if (typeof output === "string") return output

  const json = text === null ? null : parseJson(text)
  const [fresh, sealed] = [fromHex(json?.["nonce"], 24), fromBase64(json?.["sealed"])]
  if (json?.["wetoo"] !== "desk-lock/1" || fresh === null || sealed === null) return "nothing"
  try {
    return JSON.parse(new TextDecoder().decode(xchacha20poly1305(lockKeyOf(output), fresh).decrypt(sealed))) as DeskKey
  } catch {
    return "nothing" // The library has no way to ask first.
  }
}

function lockKeyOf(output: Uint8Array): Uint8Array {
  return hkdf(sha512, output, new Uint8Array(0), lockName, 32)
}

export function looksLikeDeskKey(text: string): boolean {
  return sealedParts(text) !== null
}

/** Whether all keys are on one machine; null when nobody answers. */
export async function isEmbedded(): Promise<boolean | null> {
  const place = await deskPlace()
  return hasFailed(place) ? null : place.policy.embedded
}

/** Asks to be let in. @returns Null, or why not. The same again, with the same key, is fine. */
export async function register(key: DeskKey, invitation: string, joining: Joining): Promise<string | null> {
  return (await join(edge, key, invitation.trim(), joining))?.failed ?? null
}

export async function listCases(key: DeskKey): Promise<Queue | Failed> {
  const place = await deskPlace()
  return hasFailed(place) ? place : askForCases(edge, place, key)
}

/** One case, with what is sealed to this counselor opened here, in the browser. */
export async function openCase(key: DeskKey, caseId: string): Promise<OpenedCase | Failed> {
  const place = await deskPlace()
  return hasFailed(place) ? place : askForCase(edge, place, key, caseId)
}

/** Opens one door of an account, which is written down first. */
export async function openRoom(key: DeskKey, one: Case, door: Door): Promise<OpenedRoom | Failed> {
  const place = await deskPlace()
  return hasFailed(place) ? place : openOne(edge, place, key, one, door)
}

/** Enough for today. @returns What follows, or why it was not taken. */
export async function rest(key: DeskKey, caseId: string | null): Promise<Rested | Failed> {
  const place = await deskPlace()
  return hasFailed(place) ? place : sayEnough(edge, place, key, caseId)
}

/** One part of a file of a case's account. */
export async function partOfCase(key: DeskKey, caseId: string, fileId: string, part: number): Promise<Uint8Array | Failed> {
  const place = await deskPlace()
  return hasFailed(place) ? place : casePart(edge, place, key, caseId, fileId, part)
}

/** Says what was found about this case and another of its match. @returns Null, or why it was not taken. */
export async function find(key: DeskKey, one: Case, other: Sibling, question: Question, answer: FindingAnswer): Promise<string | null> {
  const place = await deskPlace()
  return hasFailed(place) ? place.failed : ((await sayFound(edge, place, key, one, other, question, answer))?.failed ?? null)
}

/** Writes about the named person for the counselors of the others. @returns Null, or why it was not taken. */
export async function share(key: DeskKey, one: OpenedCase, text: string): Promise<string | null> {
  const place = await deskPlace()
  return hasFailed(place) ? place.failed : ((await shareSheet(edge, place, key, one, text))?.failed ?? null)
}

/** Has the codes worked out once more. @returns For each identifier whether it is what met, or why that cannot be said. */
export async function recheck(key: DeskKey, one: Case, contact: ContactContent): Promise<readonly boolean[] | Failed> {
  const [place, { recheck: askAgain }] = await Promise.all([deskPlace(), import("../core/recheck.js")])
  return hasFailed(place) ? place : askAgain(edge, place, key, one, contact, stretch)
}

/** Promises to be in touch by a day. @returns Null, or why it was not taken. */
export async function promise(key: DeskKey, caseId: string, dueDay: number): Promise<string | null> {
  const place = await deskPlace()
  return hasFailed(place) ? place.failed : ((await sayPromise(edge, place, key, caseId, dueDay))?.failed ?? null)
}

/** Says that what was owed is done. @returns Null, or why it was not taken. */
export async function done(key: DeskKey, caseId: string, kind: Clock["kind"]): Promise<string | null> {
  const place = await deskPlace()
  return hasFailed(place) ? place.failed : ((await sayDone(edge, place, key, caseId, kind))?.failed ?? null)
}

/** Says that a case has ended, or goes on. @returns Null, or why it was not taken. */
export async function close(key: DeskKey, caseId: string, hasEnded: boolean): Promise<string | null> {
  const place = await deskPlace()
  return hasFailed(place) ? place.failed : ((await sayClosed(edge, place, key, caseId, hasEnded))?.failed ?? null)
}

/** Gives a case back. @returns Null, or why it was not taken. */
export async function recuse(key: DeskKey, caseId: string): Promise<string | null> {
  const place = await deskPlace()
  return hasFailed(place) ? place.failed : ((await sayRecused(edge, place, key, caseId))?.failed ?? null)
}

/** Says that somebody without the words asked to stop contact, or takes that back. @returns Null, or why it was not taken. */
export async function askStop(key: DeskKey, one: Case, stops: boolean): Promise<string | null> {
  const place = await deskPlace()
  return hasFailed(place) ? place.failed : ((await sayStopAsked(edge, place, key, one, stops))?.failed ?? null)
}

/** Stands by the wish of the author of a case to meet the others. @returns Null, or why it was not taken. */
export async function vouch(key: DeskKey, one: OpenedCase): Promise<string | null> {
  const place = await deskPlace()
  return hasFailed(place) ? place.failed : ((await sayVouched(edge, place, key, one))?.failed ?? null)
}

export async function deskPlace(): Promise<Place | Failed> {
  const place = await placeOf()
  return place === null || "changed" in place ? { failed: "unreachable" } : place
}

function sealedParts(text: string): { salt: Uint8Array; sealed: Uint8Array } | null {
  try {
    const parts = JSON.parse(text) as { wetoo?: unknown; salt?: unknown; sealed?: unknown }
    const [salt, sealed] = [fromHex(parts.salt, 16), fromBase64(parts.sealed)]
    return parts.wetoo === "desk-key/1" && salt !== null && sealed !== null ? { salt, sealed } : null
  } catch {
    return null // Not JSON.
  }
}
