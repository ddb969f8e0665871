import { noteKeyText, noteKinds, parseNoteKey, sameKey, type NoteKey } from "./tlog-note.js"

// Which logs and witnesses somebody believes: C2SP tlog-policy. Twin of WeToo.Core.Log.LogPolicy.

interface Group {
  readonly least: number
  readonly members: readonly string[]
}

export interface LogPolicy {
  readonly logs: readonly NoteKey[]
  readonly witnesses: ReadonlyMap<string, NoteKey>
  readonly groups: ReadonlyMap<string, Group>
  /** A witness, a group, or `none`. */
  readonly quorum: string
}

const longestPolicy = 64 * 1024

/** Reads a policy; `null` when a line has no meaning, a name or key comes twice, or there is not exactly one quorum. */
export function parsePolicy(text: string): LogPolicy | null {
  if (text.length > longestPolicy || /[\u0000-\u0008\u000b-\u001f\u007f\ufffd]/.test(text)) return null
  const lines = text.split("\n").map((line) => line.split(/[ \t]+/).filter((word) => word !== "")).filter(([first = "#"]) => !first.startsWith("#"))
  const logs: NoteKey[] = []
  const [witnesses, groups, grouped] = [new Map<string, NoteKey>(), new Map<string, Group>(), new Set<string>()]
  let quorum: string | null = null
  const isKnown = (name: string) => witnesses.has(name) || groups.has(name)
  const take = ([what, ...rest]: readonly string[]): boolean => {
    const [name = "", second = "", ...members] = rest
    switch (what) {
      case "log": {
        const key = parseNoteKey(name)
        return rest.length <= 2 && key?.kind === noteKinds.log && !logs.some((other) => sameKey(other, key)) && logs.push(key) > 0
      }
      case "witness": {
        const key = parseNoteKey(second)
        if (rest.length > 3 || key?.kind !== noteKinds.witness || isKnown(name) || name === "none" || [...witnesses.values()].some((other) => sameKey(other, key))) return false
        return witnesses.set(name, key).size > 0
      }
      case "group": {
        const least = second === "any" ? 1 : second === "all" ? members.length : /^[1-9][0-9]{0,5}$/.test(second) ? Number(second) : 0
        if (isKnown(name) || name === "" || name === "none" || least < 1 || least > members.length || !members.every((each) => isKnown(each) && !grouped.has(each))) return false
        for (const each of members) grouped.add(each)
        return new Set(members).size === members.length && groups.set(name, { least, members }).size > 0
      }
      case "quorum":
        if (rest.length !== 1 || quorum !== null || !(name === "none" || isKnown(name))) return false
        quorum = name
        return true
      default:
        return false
    }
  }
  return lines.every(take) && quorum !== null ? { logs, witnesses, groups, quorum } : null
}

/** Whether these witnesses are enough. */
export function isQuorum({ groups, quorum }: LogPolicy, cosigned: ReadonlySet<string>): boolean {
  const seen = new Set(cosigned)
  // A group names only what stands before it.
  for (const [name, { least, members }] of groups) {
    if (members.filter((each) => seen.has(each)).length >= least) seen.add(name)
  }
  return quorum === "none" || seen.has(quorum)
}

/**
 * The earliest time at which those who had seen it were enough.
 *
 * @param seen - When each witness that cosigned did so, in seconds since 1970.
 * @returns `null` when they are not enough; 0 when the policy asks for none, so that nobody says when.
 */
export function dateBy(policy: LogPolicy, seen: ReadonlyMap<string, bigint>): bigint | null {
  if (policy.quorum === "none") return 0n
  const times = [...seen.values()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  return times.find((at_s) => isQuorum(policy, new Set([...seen].filter(([, own]) => own <= at_s).map(([name]) => name)))) ?? null
}

/** All that a policy believes and asks for, a line for each, with whole keys: only remarks and addresses are left out. */
export function linesOf({ logs, witnesses, groups, quorum }: LogPolicy): readonly string[] {
  return [
    ...logs.map((key) => `log ${noteKeyText(key)}`),
    ...[...witnesses].map(([name, key]) => `witness ${name} ${noteKeyText(key)}`),
    ...[...groups].map(([name, { least, members }]) => `group ${name} ${least} ${members.join(" ")}`),
    `quorum ${quorum}`,
  ]
}

/** Whether two policies believe the same logs and witnesses, and ask for the same. Where these answer may differ. */
export function sameRules(one: LogPolicy, other: LogPolicy): boolean {
  return linesOf(one).join("\n") === linesOf(other).join("\n")
}
