import { test } from "node:test"
import assert from "node:assert/strict"
import { x25519 } from "@noble/curves/ed25519.js"
import { concat, equal } from "../core/bytes.js"
import { longestNote, noteOf, noteSecretOf, noteSeedOf, openFriendNotes, parseNote, parseNoteCode, textOfNoteCode, type NoteContent } from "../core/note.js"
import { publicKey } from "../core/signing.js"
import { dateOf } from "../vault/say.js"
import { stream } from "./vectors.js"

const random = stream("a friend she told")
const [deployment, boxKey] = [random(16), random(32)]
const recipient = (round: number) => x25519.getPublicKey(noteSecretOf(boxKey, round))
const content: NoteContent = { wetoo: "note/1", text: "She told me that evening.", name: "Léa", how: "We share a flat.", day: 20_000 }

test("a code is read however it is typed, and one wrong sign is noticed", () => {
  const code = textOfNoteCode(recipient(1))
  assert.match(code, /^([0-9A-HJKMNP-TV-Z]{4}-){13}[0-9A-HJKMNP-TV-Z]{4}$/)
  for (const typed of [code, code.toLowerCase(), code.replaceAll("-", " \n"), `https://site.example/#${code}`, code.replaceAll("0", "O").replaceAll("1", "l")]) {
    assert.deepEqual(parseNoteCode(typed), recipient(1), typed)
  }
  const symbols = code.replaceAll("-", "")
  for (let i = 0; i < symbols.length; i++) {
    const other = symbols[i] === "Z" ? "Y" : "Z"
    assert.equal(parseNoteCode(symbols.slice(0, i) + other + symbols.slice(i + 1)), null, `place ${i}`)
  }
  for (const none of ["", "#", code.slice(1), `${code}0`, "K7QM-2XPA-94TB"]) assert.equal(parseNoteCode(none), null, none)
})

test("each time that somebody asks anew has a code of its own, which says nothing of another", () => {
  const keys = [1, 2, 3].map((round) => publicKey(noteSeedOf(recipient(round))))
  assert.equal(new Set([...keys, ...[1, 2, 3].map(recipient)].map(String)).size, 6)
})

test("every note has one size, whatever is in it, and opens for who asked alone", () => {
  const texts = ["", "x", content.text, "\u{1F600}".repeat(longestNote / 2), "\"".repeat(longestNote), "ل".repeat(longestNote)]
  const notes = texts.map((text) => noteOf(deployment, 20_000, recipient(1), { ...content, text }, random) ?? assert.fail(text))
  assert.deepEqual(new Set(notes.map(({ message }) => message.length)), new Set([8391]))

  const answer = concat(new Uint8Array(32), ...notes.slice(1).map(({ message }) => message.slice(53, -64)))
  assert.deepEqual(openFriendNotes(answer, [noteSecretOf(boxKey, 2), noteSecretOf(boxKey, 1)]).map((one) => one.content?.text), texts.slice(1))
  assert.deepEqual(openFriendNotes(answer, [noteSecretOf(boxKey, 2)]).map((one) => one.content), texts.slice(1).map(() => null))
  assert.equal(noteOf(deployment, 20_000, recipient(1), { ...content, text: "x".repeat(9000) }, random), null)
  assert.equal(noteOf(deployment, 20_000, new Uint8Array(32), content, random), null)
})

test("a date that is of something else is told as none", () => {
  const sealed = () => noteOf(deployment, 20_000, recipient(1), content, random) ?? assert.fail()
  const [one, other] = [sealed(), sealed()]
  const mixed = concat(new Uint8Array(32), other.message.slice(53, 87), one.message.slice(87, -64))
  const [opened] = openFriendNotes(mixed, [noteSecretOf(boxKey, 1)])
  assert.deepEqual([opened?.content, opened?.isDated], [content, false])
  assert.ok(equal(opened?.commitment ?? new Uint8Array(0), other.message.slice(55, 87)))
})

test("what does not open is there to be thrown away, and what is missing is not", () => {
  const note = noteOf(deployment, 20_000, recipient(1), content, random) ?? assert.fail()
  const entry = Uint8Array.of(10, 0, ...random(32))
  const answer = concat(new Uint8Array(32), note.message.slice(53, -64), entry, random(8240), new Uint8Array(34), random(8240))
  const found = openFriendNotes(answer, [noteSecretOf(boxKey, 1)])
  assert.deepEqual(found.map((one) => one.content?.text ?? null), [content.text, null])
  assert.deepEqual(found[1]?.commitment, entry.slice(2))
})

test("a note is what it shows, to the byte, with names on one line", () => {
  const json = JSON.stringify(content)
  assert.deepEqual(parseNote(json), content)
  const others = [
    json.replace("}", ",\"more\":1}"), json.replace("{", "{\"text\":\"She lied.\","), json.replace(":", ": "), ` ${json}`,
    ...["\n", "\u202e", "\u2028", "\u0000"].map((sign) => JSON.stringify({ ...content, name: `Léa${sign}M` })),
    JSON.stringify({ ...content, how: " at work" }),
  ]
  for (const other of others) assert.equal(parseNote(other), null, other)
  for (const name of ["مريم\u200f", "نگار\u200cها", "👩\u200d🦰"]) assert.notEqual(parseNote(JSON.stringify({ ...content, name })), null, name)
})

test("a day further than dates go takes no screen with it", () => {
  const far = parseNote(JSON.stringify({ ...content, day: 2 ** 32 - 1 })) ?? assert.fail()
  assert.equal(dateOf(far.day), dateOf(100_000_000))
  assert.equal(dateOf(20_000), "October 4, 2024")
})
