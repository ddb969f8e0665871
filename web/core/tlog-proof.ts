import { leafHash, verifyInclusion } from "./merkle.js"
import { cosignedAt, isSignedBy, onlyBase64, parseCheckpoint, parseNote, parseSize, type Checkpoint, type SignedNote } from "./tlog-note.js"
import { dateBy, type LogPolicy } from "./tlog-policy.js"

// A proof that something stands in a log, which needs no network: C2SP tlog-proof. Twin of WeToo.Core.Log.LogProof.

export interface LogProof {
  readonly index: bigint
  readonly hashes: readonly Uint8Array[]
  readonly note: SignedNote
  readonly checkpoint: Checkpoint
}

/** Why a proof is not enough for a policy. */
export type NotEnough = "log-unknown" | "log-signature" | "witnesses"

/** What a proof shows by a policy. */
export interface Shown {
  /** The earliest time by which enough witnesses had seen it, in seconds since 1970; null when the policy asks for no witness. */
  readonly at_s: bigint | null
  /** The names that the policy gives to the witnesses who saw it. */
  readonly witnesses: readonly string[]
}

const intro = "c2sp.org/tlog-proof@v1\n"
const mostHashes = 64

/** Reads a proof; `null` when the form is wrong. Nothing is verified yet. What stands after `extra` is of no meaning here. */
export function parseProof(text: string): LogProof | null {
  const end = text.indexOf("\n\n")
  if (!text.startsWith(intro) || end < 0) return null
  const lines = text.slice(intro.length, end).split("\n")
  if (lines[0]?.startsWith("extra ") === true && onlyBase64(lines.shift()?.slice("extra ".length) ?? "") === null) return null

  const [first = "", ...rest] = lines
  const index = first.startsWith("index ") ? parseSize(first.slice("index ".length)) : null
  const hashes = rest.map(onlyBase64).filter((hash) => hash?.length === 32) as Uint8Array[]
  const note = parseNote(text.slice(end + 2))
  const checkpoint = note && parseCheckpoint(note.text)
  return index === null || hashes.length !== rest.length || hashes.length > mostHashes || note === null || checkpoint === null ? null : { index, hashes, note, checkpoint }
}

/** Whether an entry stands where the proof says, in the tree of its checkpoint. Who signed that is another question. */
export function isIncluded({ index, hashes, checkpoint }: LogProof, entry: Uint8Array): boolean {
  return verifyInclusion(index, checkpoint.size, leafHash(entry), hashes, checkpoint.root)
}

/** What a proof shows to who believes these logs and witnesses. */
export function shownBy({ note, checkpoint }: LogProof, policy: LogPolicy): Shown | NotEnough {
  const logs = policy.logs.filter(({ name }) => name === checkpoint.origin)
  if (logs.length === 0) return "log-unknown"
  if (!logs.some((log) => isSignedBy(note, log))) return "log-signature"

  const seen = new Map<string, bigint>()
  for (const [name, key] of policy.witnesses) {
    const at_s = cosignedAt(note, key)
    if (at_s !== null) seen.set(name, at_s)
  }
  const at_s = dateBy(policy, seen)
  return at_s === null ? "witnesses" : { at_s: policy.quorum === "none" ? null : at_s, witnesses: [...seen.keys()] }
}
