import type { FileReference } from "../../core/file-reference.js"
import type { AccountContent, Answer, AnswerState, Dated, Episode, RoomName } from "../../core/record.js"
import type { Draft } from "./visit.js"

/** An account while it is written. */
export interface RecordDraft {
  rooms: { [room in RoomName]?: Answer }
  when: Dated | null
  episodes: Episode[]
  files: FileReference[]
  /** What would help, from a list. */
  wants: string[]
}

export function emptyRecord(): RecordDraft {
  return { rooms: {}, when: null, episodes: [], files: [], wants: [] }
}

export function answerState({ record }: Draft, room: RoomName): AnswerState {
  return record.rooms[room]?.state ?? "answered"
}

export function setAnswer({ record }: Draft, room: RoomName, text: string): void {
  record.rooms[room] = { state: record.rooms[room]?.state ?? "answered", text }
}

/** Sets what an answer means; `null` empties the room. */
export function setState(draft: Draft, room: RoomName, state: AnswerState | null): void {
  const { record } = draft
  if (state !== null) record.rooms[room] = { state, text: record.rooms[room]?.text ?? "" }
  else {
    delete record.rooms[room]
    if (room === "when") [record.when, record.episodes] = [null, []]
    if (room === "wants") record.wants = []
    if (room === "who") draft.who = ""
  }
}

/** The account as it is sealed. Rooms that were passed by are not in it. */
export function accountOf({ record, who }: Draft, sealedDay: number): AccountContent {
  const { words, ...rooms } = record.rooms
  const whoRoom: Answer | undefined = who.trim() === "" ? rooms.who : { state: rooms.who?.state ?? "answered", text: who }
  return {
    wetoo: "account/1", text: words?.text ?? "", sealed_day: sealedDay,
    rooms: {
      ...rooms,
      ...(words && words.state !== "answered" ? { words: { state: words.state, text: "" } } : {}),
      ...(whoRoom ? { who: whoRoom } : {}),
    },
    when: record.when,
    episodes: record.episodes,
    files: record.files,
    wants: record.wants,
  }
}
