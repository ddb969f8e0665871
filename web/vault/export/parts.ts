import type { Part } from "../../core/extract.js"
import { roomNames, type AccountContent, type Dated, type RoomName } from "../../core/record.js"
import { dateInWords } from "../dates.js"
import { sizeInWords } from "../sizes.js"
import { locale } from "../language.js"
import { say, type Key } from "../say.js"

/** The rooms of an account that hold something, in the words of the page's language, cut into sentences. */
export function partsOf(account: AccountContent): Part[] {
  return roomNames.map((room) => ({ room, paragraphs: [...written(account, room), ...listed(account, room)] }))
    .filter(({ paragraphs }) => paragraphs.length > 0)
}

function written({ text, rooms = {} }: AccountContent, room: RoomName): string[][] {
  const state = rooms[room]?.state ?? "answered"
  const own = room === "words" ? text : rooms[room]?.text ?? ""
  const paragraphs = own.split("\n").map((line) => line.replaceAll("\t", " ")).filter((line) => line.trim() !== "").map(sentencesOf)
  return state === "answered" ? paragraphs : [[say(`rooms.${state}`)], ...paragraphs]
}

/** What a room holds beside text. One thing is one passage. */
function listed({ when = null, episodes = [], files = [], wants = [] }: AccountContent, room: RoomName): string[][] {
  switch (room) {
    case "when":
      return [
        ...(when === null || when.typed.trim() === "" ? [] : [[dated(when)]]),
        ...episodes.map(({ what, when: day }, i) => [`${i + 1}. `, ...(day.typed.trim() === "" ? [] : [`${dated(day)}. `]), ...sentencesOf(what.replaceAll(/\s+/g, " "))]),
      ]
    case "things":
      return files.map((file) => [`${file.name}, ${sizeInWords(file.size_bytes)}. SHA-256: ${file.sha256}`])
    case "wants":
      return wants.map((each) => [say(`room.wants.${each}` as Key)])
    default:
      return []
  }
}

/** A date in words, with what they typed beside it when that says more. */
function dated({ typed, edtf }: Dated): string {
  const words = edtf === null ? null : dateInWords(edtf)
  return words === null || words === typed.trim() ? typed : `${words} (${say("dates.typed")} ${typed})`
}

function sentencesOf(text: string): string[] {
  return Array.from(new Intl.Segmenter(locale(), { granularity: "sentence" }).segment(text), ({ segment }) => segment)
}
