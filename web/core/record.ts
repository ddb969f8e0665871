import { isObject, isWhole, listOf, type Json } from "./json.js"
import { parseEdtf } from "./edtf.js"
import { isFileReference, type FileReference } from "./file-reference.js"

/** The rooms of an account, in the order in which they are offered. */
export const roomNames = ["words", "when", "where", "who", "others", "things", "since", "wants"] as const
export type RoomName = (typeof roomNames)[number]

/** Not remembering and not wanting to say are different things. A room that was passed by is not there at all. */
export const answerStates = ["answered", "not-remembered", "not-said"] as const
export type AnswerState = (typeof answerStates)[number]

export interface Answer {
  readonly state: AnswerState
  readonly text: string
}

/** A date in the words it was typed in, and in EDTF where it could be read. */
export interface Dated {
  readonly typed: string
  readonly edtf: string | null
}

/** One event, or one pattern of events. */
export interface Episode {
  readonly what: string
  readonly when: Dated
}

/** What an author wrote, as it is sealed. `spec/record.md`. */
export interface AccountContent {
  readonly wetoo: "account/1"
  /** The first room: the account in their own words. */
  readonly text: string
  readonly sealed_day: number
  readonly rooms?: { readonly [room in RoomName]?: Answer }
  readonly when?: Dated | null
  readonly episodes?: readonly Episode[]
  readonly files?: readonly FileReference[]
  /** What would help, from the list of `spec/record.md`. */
  readonly wants?: readonly string[]
  /** In hex: opens what is added later. */
  readonly addenda_key?: string
  /** In hex: whoever adds later signs as this one. */
  readonly pseudonym?: string
  /** In hex: by this key its author stands by what is shown to others. `spec/evidence.md`. */
  readonly signer?: string
}

/** What opens files and additions at the vault, or says whose they are there. */
const vaultMembers = ["addenda_key", "pseudonym", "id", "key", "parts", "view"]

/** What of an account is dated, and may be shown to others: all of it but what is of use at the vault. `spec/record.md`. */
export function datedForm(account: object | null): string {
  return JSON.stringify(account, (name, value: unknown) => (vaultMembers.includes(name) ? undefined : value))
}

/** Reads an account; `null` when a member that this version knows is malformed. Others are kept. */
export function parseAccount(value: unknown): AccountContent | null {
  if (!isObject(value) || value["wetoo"] !== "account/1" || typeof value["text"] !== "string" || !isWhole(value["sealed_day"], 0, 2 ** 32 - 1)) return null
  const { rooms, when, episodes, files, wants } = value
  const isKnown = (rooms === undefined || areRooms(rooms)) && (when === undefined || when === null || isDated(when))
    && (episodes === undefined || listOf(episodes, (one) => (isEpisode(one) ? one : null)) !== null)
    && (files === undefined || (Array.isArray(files) && files.every(isFileReference)))
    && (wants === undefined || (Array.isArray(wants) && wants.every((each) => typeof each === "string")))
  return isKnown ? value as unknown as AccountContent : null
}

function areRooms(value: unknown): boolean {
  return isObject(value) && roomNames.every((name) => value[name] === undefined || isAnswer(value[name]))
}

function isAnswer(value: unknown): value is Answer {
  return isObject(value) && typeof value["text"] === "string" && (answerStates as readonly unknown[]).includes(value["state"])
}

function isDated(value: unknown): value is Dated {
  return isObject(value) && typeof value["typed"] === "string"
    && (value["edtf"] === null || (typeof value["edtf"] === "string" && parseEdtf(value["edtf"]) !== null))
}

function isEpisode(value: Json): boolean {
  return typeof value["what"] === "string" && isDated(value["when"])
}
