import assert from "node:assert/strict"
import { test } from "node:test"
import { generateX25519Identity, identityToRecipient } from "age-encryption"
import { fitNotes, longestNote, noteEntryOf, notesKey, notesSize, NotesVisit, openNotes, sealNotes, type HandedNotes, type NoteEntry } from "../core/case-notes.js"
import { hasFailed } from "../core/author.js"
import { concat, equal, toBase64, toHex } from "../core/bytes.js"
import type { Case } from "../core/counselor.js"
import type { DeskEdge } from "../core/desk.js"
import { propose, readNote } from "../core/handing.js"
import type { Keyset } from "../core/keyset.js"
import { lintNote, type NotePause } from "../core/note-linter.js"
import { publicKey } from "../core/signing.js"
import { u32 } from "../core/wire.js"

const random = (size: number) => crypto.getRandomValues(new Uint8Array(size))
const filingId = new Uint8Array(16).fill(2)
const one = { caseId: "c", filingId: toHex(filingId) } as Case
const seeds = [3, 4].map((n) => new Uint8Array(32).fill(n)) as [Uint8Array, Uint8Array]
const identities = await Promise.all(seeds.map(() => generateX25519Identity()))
const members = await Promise.all(seeds.map(async (seed, i) => ({ name: `C${i}`, organisation: "", signing: publicKey(seed), recipient: await identityToRecipient(identities[i] ?? "") })))
const keyset = { deployment: new Uint8Array(16).fill(1), counselors: members } as unknown as Keyset
const keysOf = (i: number) => ({ age: identities[i] ?? "", signing: toHex(seeds[i] ?? new Uint8Array(32)) })
const [ana, ben] = [keysOf(0), keysOf(1)]
const work = (text: string, day = 20_000): NoteEntry => ({ kind: "work", day, text })

/** A vault as section 12.9 has it, the lines of which can be cut. */
class Vault {
  day = 20_000
  revision = 0
  sealed = random(notesSize)
  sizes = new Set<number>()
  /** What becomes of the next exchange. */
  next: "arrives" | "is lost" | "has no answer" = "arrives"
  readonly edge = {
    today: () => this.day, now_s: () => 1_728_000_000, random,
    ask: async (_: string, __: string, body: Uint8Array) => {
      const how = this.next
      this.next = "arrives"
      this.sizes.add(body.length)
      if (how === "is lost") return { failed: "unreachable" }
      const revision = new DataView(body.buffer, body.byteOffset).getUint32(0)
      if (revision === this.revision + 1) [this.revision, this.sealed] = [revision, body.slice(4)]
      return how === "has no answer" ? { failed: "unreachable" } : concat(u32(this.revision), this.sealed)
    },
  } as unknown as DeskEdge

  async open(keys = ana, handed: HandedNotes | null = null): Promise<NotesVisit> {
    const visit = await NotesVisit.open(this.edge, keyset, keys, one, handed)
    if (hasFailed(visit)) assert.fail(visit.failed)
    return visit
  }

  texts = async (keys = ana) => (await this.open(keys)).entries.map(({ text }) => text)
}

test("what is noted is there at another desk with the same key, in exchanges of one size", async () => {
  const vault = new Vault()
  const visit = await vault.open()
  assert.equal(await visit.change({ was: null, is: work("Called.") }), null)
  assert.equal(await visit.change({ was: null, is: work("Meets on the 4th.") }), null)
  const again = await vault.open()
  assert.deepEqual(again.entries, [work("Called."), work("Meets on the 4th.")])
  assert.equal(await again.change({ was: work("Called."), is: { ...work("Called, no answer."), changed: 20_001 } }), null)
  assert.equal(await again.change({ was: work("Meets on the 4th."), is: null }), null)
  assert.deepEqual((await vault.open()).entries, [{ ...work("Called, no answer."), changed: 20_001 }])
  assert.deepEqual([...vault.sizes], [4 + notesSize])
})

test("of two desks that write at once one hears of it, and nothing is written over", async () => {
  const vault = new Vault()
  const [here, there] = [await vault.open(), await vault.open()]
  assert.equal(await here.change({ was: null, is: work("Here.") }), null)
  assert.deepEqual(await there.change({ was: null, is: work("There.") }), { failed: "notes-changed" })
  assert.deepEqual(there.entries, [work("Here.")])
  assert.equal(await there.change({ was: null, is: work("There.") }), null)
  assert.deepEqual(await here.change({ was: work("Here."), is: null }), { failed: "notes-changed" })
  assert.deepEqual(await vault.texts(), ["Here.", "There."])
})

test("what was lost on its way is sent again once, and what only lost its answer is not noted twice", async () => {
  const vault = new Vault()
  const visit = await vault.open()
  for (const [how, text] of [["is lost", "First."], ["has no answer", "Second."]] as const) {
    vault.next = how
    assert.deepEqual(await visit.change({ was: null, is: work(text) }), { failed: "unreachable" })
    assert.equal(await visit.change({ was: null, is: work(text) }), null)
  }
  vault.next = "has no answer"
  await visit.change({ was: null, is: work("Third.") })
  assert.equal(await visit.change({ was: work("First."), is: null }), null) // Something else was wanted meanwhile.
  assert.deepEqual(await vault.texts(), ["Second.", "Third."])
})

test("a reminder is there on its last day, and from the next on it is gone from what is kept", async () => {
  const vault = new Vault()
  const reminder: NoteEntry = { kind: "self", day: 20_000, text: "Bring the form.", until: 20_003 }
  const visit = await vault.open()
  for (const is of [reminder, work("Called.")]) assert.equal(await visit.change({ was: null, is }), null)
  vault.day = 20_003
  assert.deepEqual(await vault.texts(), ["Bring the form.", "Called."])
  vault.day = 20_004
  const before = vault.revision
  assert.deepEqual(await vault.texts(), ["Called."])
  assert.equal(vault.revision, before + 1)
  assert.deepEqual(openNotes(vault.sealed, notesKey(seeds[0], filingId), filingId, vault.revision)?.entries, [work("Called.")])
})

test("what another sealed, what was altered, and an older one under a newer number are neither shown nor replaced", async () => {
  const vault = new Vault()
  const visit = await vault.open()
  await visit.change({ was: null, is: work("First.") })
  const first = vault.sealed
  await visit.change({ was: null, is: work("Second.") })
  const second = vault.sealed
  const refuses = async (keys: typeof ana) => assert.deepEqual(await NotesVisit.open(vault.edge, keyset, keys, one, null), { failed: "notes-unreadable" })
  await refuses(ben)
  vault.sealed = first
  await refuses(ana)
  vault.sealed = second.map((byte, i) => i === 100 ? byte ^ 1 : byte)
  await refuses(ana)
  vault.sealed = first
  vault.revision = 1
  assert.deepEqual(await visit.change({ was: null, is: work("Third.") }), { failed: "notes-unreadable" }) // It had seen a later one.
  assert.ok(equal(vault.sealed, first))
})

test("there is room for a year of short notes, and a full register says so", async () => {
  const vault = new Vault()
  const visit = await vault.open()
  const entry = work("x".repeat(longestNote))
  const many = Array.from({ length: 100 }, (_, i) => work("Called, no answer. I try again on Monday at 10.", 20_000 + i))
  assert.ok(fitNotes(many))
  let kept = 0
  let failed = null
  while (failed === null && kept < 100) {
    failed = await visit.change({ was: null, is: { ...entry, day: 20_000 + kept } })
    if (failed === null) kept++
  }
  assert.deepEqual([failed, kept], [{ failed: "message-too-large" }, 15])
  assert.equal((await vault.open()).entries.length, 15)
  assert.equal(sealNotes({ wetoo: "notes/1", taken: "", entries: [] }, notesKey(seeds[0], filingId), filingId, 1, random)?.length, notesSize)
})

test("work notes go with the case and stand before the next one's own, once; reminders to self never go", async () => {
  const noted: NoteEntry[] = [work("Called."), { kind: "self", day: 20_000, text: "Bring the form.", until: 20_009 }, { ...work("From before."), by: "07".repeat(32) }]
  let sent = new Uint8Array(0)
  const edge = { ...new Vault().edge, ask: async (_: string, __: string, body: Uint8Array) => { sent = body.slice(); return new Uint8Array(0) } } as unknown as DeskEdge
  assert.equal(await propose(edge, keyset, ana, one, toHex(publicKey(seeds[1])), 20_007, { wants: "", promised: "", avoid: "" }, noted), null)
  const received = await readNote(keyset, ben, one.filingId, { message: toBase64(sent.slice(0, 201)), note: toBase64(sent.slice(201)) })
  assert.deepEqual(received?.handed.entries, [{ ...work("Called."), by: toHex(publicKey(seeds[0])) }, { ...work("From before."), by: "07".repeat(32) }])

  const vault = new Vault()
  const handed = received?.handed ?? assert.fail()
  const bens = await vault.open(ben, handed)
  assert.equal(await bens.change({ was: null, is: work("My own.") }), null)
  assert.equal(await bens.change({ was: handed.entries[1] ?? null, is: null }), null)
  assert.deepEqual((await vault.open(ben, handed)).entries.map(({ text }) => text), ["Called.", "My own."])

  const full = Array.from({ length: 14 }, (_, i) => work("x".repeat(longestNote), 20_000 + i))
  assert.equal(await propose(edge, keyset, ana, one, toHex(publicKey(seeds[1])), 20_007, { wants: "w".repeat(4000), promised: "", avoid: "" }, full), null)
  assert.equal(sent.length - 201, 20_480 + 200) // As long as without any.
  const tooMuch = [[{ wants: "w".repeat(4096), promised: "", avoid: "" }, []], [{ wants: "", promised: "", avoid: "" }, [...full, work("x".repeat(longestNote))]]] as const
  for (const [note, notes] of tooMuch) assert.deepEqual(await propose(edge, keyset, ana, one, toHex(publicKey(seeds[1])), 20_007, note, notes), { failed: "message-too-large" })
})

test("what is no entry is none", () => {
  const good = { kind: "self", day: 1, text: "", until: 2 }
  assert.ok(noteEntryOf(good))
  for (const bad of [{ ...good, until: undefined }, { ...good, kind: "work" }, { ...good, kind: "" }, { ...good, text: 1 }, { ...good, day: -1 }, { ...good, until: 1.5 }, { ...good, by: "07".repeat(32) }, { kind: "work", day: 1, text: "", by: "07" }]) {
    assert.equal(noteEntryOf(bad), null, JSON.stringify(bad))
  }
})

const paused: readonly (readonly [NotePause, string])[] = [
  ["belief", "She seemed unsure."], ["belief", "He claims it was in May."], ["belief", "Not a credible date."], ["belief", "I don’t believe it"], ["person", "Rather hysterical today."], ["person", "a traumatised person"],
  ["belief", "Elle semblait perdue."], ["belief", "peu crédible"], ["belief", "Il prétend que non."], ["person", "Très agressive."], ["belief", "Parece cierto."], ["belief", "No la creo"], ["person", "histérica"],
  ["belief", "تبدو غير واثقة"], ["belief", "تدّعي أنه كان في مايو"], ["belief", "بلا مصداقية"], ["person", "هستيرية"], ["copy", "Then we went on. ".repeat(30)],
]

for (const [why, text] of paused) test(`a note gives pause (${why}): ${text.slice(0, 40)}`, () => assert.deepEqual(lintNote(text).map((remark) => remark.why), [why]))

const plain = [
  "Called at 10, no answer. Again on Monday.", "Agreed: I bring the form on 4 May.", "Asked for a copy of the letter. Wants no mail.", "Appelée. Rendez-vous le 4 mai, elle vient avec une amie.",
  "Llamada. Nos vemos el 4 de mayo.", "مكالمة. لقاء في 4 مايو.", "A difficult week for them; we speak less.", "",
]

for (const text of plain) test(`a note passes: ${text}`, () => assert.deepEqual(lintNote(text), []))
