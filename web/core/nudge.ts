import { hasFailed, type Edge, type Failed, type Visit } from "./author.js"
import { ascii, concat, fromBase64 } from "./bytes.js"
import { isWhole, parseJson } from "./json.js"
import { publicKey, signed } from "./signing.js"
import { u32, u8 } from "./wire.js"

const settingsSize = 2048
const version = u8(1)

/** Which mail somebody gets, and when. Every mail of it is the same, whether or not there is news. WEP-1, section 16. */
export interface NudgeSettings {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly every_weeks: number
  /** 1 Monday to 7 Sunday. */
  readonly weekday: number
  readonly hour: number
  /** An IANA time zone. */
  readonly zone: string
  /** The six digits that were sent to the address, or empty. */
  readonly code: string
}

/** What the vault answers about them. */
export interface Nudges {
  /** The sender's address; null when this place sends no mail. */
  readonly sender: string | null
  readonly revision: number
  readonly confirmed: boolean
  /** When the next one goes, in seconds since 1970. */
  readonly next_s: number | null
  readonly settings: NudgeSettings | null
}

/** NudgePut, 2169 bytes; without settings it stops the mails. `null` when they are too long. */
export function nudgePutOf(deployment: Uint8Array, day: number, revision: number, settings: NudgeSettings | null, seed: Uint8Array): Uint8Array | null {
  const text = ascii(settings === null ? "" : JSON.stringify(settings))
  if (text.length > settingsSize) return null
  const padded = new Uint8Array(settingsSize).fill(0x20)
  padded.set(text)
  return signed("nudge-put", concat(version, deployment, u32(day), publicKey(seed), u32(revision), padded), seed)
}

/** NudgeRequest, 133 bytes. */
export function nudgeRequestOf(deployment: Uint8Array, day: number, nonce: Uint8Array, seed: Uint8Array): Uint8Array {
  return signed("nudge", concat(version, deployment, u32(day), publicKey(seed), nonce), seed)
}

/** Asks which mails go. */
export async function askNudges(edge: Edge, { keyset, keys }: Visit): Promise<Nudges | Failed> {
  const answer = await edge.ask("POST", "/v1/nudges", nudgeRequestOf(keyset.deployment, edge.today(), edge.random(16), keys.nudgeSeed))
  if (hasFailed(answer)) return answer

  const read = parseJson(answer)
  const [sender, revision, next_s] = [read?.["sender"], read?.["revision"], read?.["next_s"]]
  const settings = parseJson(fromBase64(read?.["settings"]) ?? "")
  if (!isWhole(revision, 0, 2 ** 32 - 1) || !(sender === null || typeof sender === "string")) return { failed: "malformed-message" }
  return {
    sender, revision, confirmed: read?.["confirmed"] === true, next_s: isWhole(next_s, 0, Number.MAX_SAFE_INTEGER) ? next_s : null,
    settings: isSettings(settings) ? settings : null,
  }
}

/** Asks for mails, changes them, or with null stops them; `null`, or what came instead. */
export async function putNudge(edge: Edge, { keyset, keys }: Visit, revision: number, settings: NudgeSettings | null): Promise<Failed | null> {
  const put = nudgePutOf(keyset.deployment, edge.today(), revision, settings, keys.nudgeSeed)
  const answer = put === null ? { failed: "nudge-invalid" } : await edge.ask("PUT", "/v1/nudges", put)
  return hasFailed(answer) ? answer : null
}

function isSettings(value: unknown): value is NudgeSettings {
  const read = value as Partial<Record<keyof NudgeSettings, unknown>> | null
  return read !== null && (["to", "subject", "text", "zone", "code"] as const).every((name) => typeof read[name] === "string")
    && isWhole(read.every_weeks, 1, 12) && isWhole(read.weekday, 1, 7) && isWhole(read.hour, 0, 23)
}
