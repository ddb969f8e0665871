import type { RoomName } from "./record.js"

/** One room as it is read. A paragraph is a list of passages, which make it when they stand one after the other. */
export interface Part {
  readonly room: RoomName
  readonly paragraphs: readonly (readonly string[])[]
}

/** What stands in the place of a passage, whatever its length was. */
export const blackedOut = "█████"

export interface Extract {
  readonly parts: readonly Part[]
  /** How many parts were left out. */
  readonly leftOut: number
  /** How many passages were blacked out. */
  readonly blackedOut: number
}

/** Names one passage of one part. */
export function passageKey(room: RoomName, paragraph: number, passage: number): string {
  return `${room}.${paragraph}.${passage}`
}

/** The chosen parts without the passages that were blacked out. `spec/export.md`. */
export function extractOf(parts: readonly Part[], chosen: ReadonlySet<RoomName>, black: ReadonlySet<string>): Extract {
  let count = 0
  const kept = parts.filter(({ room }) => chosen.has(room)).map(({ room, paragraphs }) => ({
    room,
    paragraphs: paragraphs.map((passages, i) => passages.map((passage, j) => {
      if (!black.has(passageKey(room, i, j))) return passage
      count += 1
      return `${blackedOut} `
    })),
  }))
  return { parts: kept, leftOut: parts.length - kept.length, blackedOut: count }
}
