import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import type { Failed } from "../core/author.js"
import { concat, equal, fromHex, toHex } from "../core/bytes.js"
import { firstIdentity, recipientOf } from "../core/mail-key.js"
import { glance, MailVisit, type Side } from "../core/mail-visit.js"
import { bundleSize, emptyMail, openBundle, openState, sealBundle, stateKey, stateSize, write } from "../core/mailbox.js"
import { publicKey } from "../core/signing.js"
import { u32 } from "../core/wire.js"
import { sendFile } from "../vault/mail-files.js"
import { stream } from "./vectors.js"

const random = stream("wetoo mailbox")
const [deployment, filingId, authorSeed, counselorSeed, boxKey] = [random(16), random(16), random(32), random(32), random(32)]
const counselor = publicKey(counselorSeed)
const desk = firstIdentity(counselorSeed)

/** What the vault does, in memory: two registers for each side, each replaced whole. */
class Vault {
  readonly kept: Record<"author" | "counselor", { revision: number, state: Uint8Array | null, bundle: Uint8Array | null }> = {
    author: { revision: 0, state: null, bundle: null }, counselor: { revision: 0, state: null, bundle: null },
  }
  readonly sizes = new Set<string>()
  /** Everything that it ever held. */
  readonly seen: Uint8Array[] = []
  lose: "nothing" | "request" | "answer" = "nothing"

  /** Who has the case. */
  current = counselor

  exchange(who: "author" | "counselor", put: Uint8Array, to: string): Uint8Array | Failed {
    if (this.lose === "request") return { failed: "unreachable" }
    const own = this.kept[who]
    const revision = new DataView(put.buffer, put.byteOffset).getUint32(0)
    if (revision === own.revision + 1 && (who === "counselor" || to === toHex(this.current))) this.kept[who] = { revision, state: put.slice(4, 4 + stateSize), bundle: put.slice(4 + stateSize) }
    const { revision: now, state } = this.kept[who]
    const answer = concat(this.current, u32(now), state ?? random(stateSize), this.kept[who === "author" ? "counselor" : "author"].bundle ?? random(bundleSize))
    this.sizes.add(`${put.length} ${answer.length}`)
    this.seen.push(put, answer)
    return this.lose === "answer" ? { failed: "unreachable" } : answer
  }
}

function sideOf(vault: Vault, who: "author" | "counselor"): Side {
  const isAuthor = who === "author"
  return {
    way: { deployment, filingId, from: who }, seed: isAuthor ? authorSeed : counselorSeed, random,
    stateKey: stateKey(isAuthor ? boxKey : counselorSeed, filingId), first: isAuthor ? firstIdentity(boxKey) : desk,
    other: (key) => {
      if (!isAuthor) return { key: publicKey(authorSeed), recipient: recipientOf(firstIdentity(boxKey)) }
      return key === "00".repeat(32) ? null : { key: fromHex(key, 32) ?? assert.fail(), recipient: recipientOf(desk) }
    },
    send: (put, to) => Promise.resolve(vault.exchange(who, put, to)),
  }
}

/** Opens it, and has seen who is there. */
async function opened(visit: MailVisit): Promise<MailVisit> {
  assert.equal(await visit.open(), null)
  visit.meet(visit.counselor ?? assert.fail("there is nobody"))
  return visit
}

test("both hear each other, and every exchange has one size", async () => {
  const vault = new Vault()
  const [author, other] = [new MailVisit(sideOf(vault, "author")), new MailVisit(sideOf(vault, "counselor"))]
  await opened(other)
  assert.ok(other.write("Is Saturday all right?", 20_000))
  assert.equal(await other.look(), null)
  await opened(author)
  assert.deepEqual(author.letters.map((one) => [one.from, one.text]), [["them", "Is Saturday all right?"]])
  assert.ok(author.write("نعم، صباحًا.", 20_001))
  assert.equal(author.isSent, false)
  assert.equal(await author.look(), null)
  assert.equal(author.isSent, true)
  assert.equal(await other.look(), null)
  assert.deepEqual(other.letters.map((one) => one.text), ["Is Saturday all right?", "نعم، صباحًا."])
  assert.deepEqual([...vault.sizes], [`${4 + stateSize + bundleSize} ${36 + stateSize + bundleSize}`])
})

test("whatever is lost on the way, and whoever looks from another device, nothing is lost or said twice", async () => {
  const acts = fc.array(fc.record({
    who: fc.constantFrom("author" as const, "counselor" as const), says: fc.boolean(), lose: fc.constantFrom("nothing" as const, "nothing" as const, "request" as const, "answer" as const),
    anew: fc.boolean(),
  }), { minLength: 5, maxLength: 20 })
  await fc.assert(fc.asyncProperty(acts, async (steps) => {
    const vault = new Vault()
    const visits = { author: new MailVisit(sideOf(vault, "author")), counselor: new MailVisit(sideOf(vault, "counselor")) }
    for (const visit of Object.values(visits)) await opened(visit)
    const said: Record<"author" | "counselor", string[]> = { author: [], counselor: [] }
    for (const { who, says, lose, anew } of steps) {
      if (anew && visits[who].isSent) {
        visits[who] = new MailVisit(sideOf(vault, who))
        await opened(visits[who])
      }
      const text = `${who} ${said[who].length}`
      if (says && visits[who].write(text, 20_000)) said[who].push(text)
      vault.lose = lose
      await visits[who].look()
      vault.lose = "nothing"
    }
    for (let i = 0; i < 3; i++) for (const visit of Object.values(visits)) assert.equal(await visit.look(), null)
    assert.deepEqual(visits.author.letters.filter((one) => one.from === "them").map((one) => one.text), said.counselor)
    assert.deepEqual(visits.counselor.letters.filter((one) => one.from === "them").map((one) => one.text), said.author)
  }), { numRuns: 25 })
})

test("keys of what was read are forgotten, and with what the vault has now the words open nothing of it", async () => {
  const vault = new Vault()
  const [author, other] = [new MailVisit(sideOf(vault, "author")), new MailVisit(sideOf(vault, "counselor"))]
  await opened(author)
  await opened(other)
  assert.ok(other.write("Then.", 20_000))
  await other.look()
  const bundle = vault.kept.counselor.bundle ?? assert.fail()
  for (let i = 0; i < 4; i++) for (const one of [author, other]) await one.look()
  author.forget(author.letters[0] ?? assert.fail())
  await author.look()

  const state = openState(vault.kept.author.state ?? assert.fail(), stateKey(boxKey, filingId), filingId) ?? assert.fail()
  assert.deepEqual(state.letters, [])
  const way = { deployment, filingId, from: "counselor" } as const
  assert.equal(openBundle(state, way, counselor, bundle), null)
  assert.ok(!state.own.includes(firstIdentity(boxKey)))
})

test("what is altered, or by somebody else, is not heard, and no state opens under another key", async () => {
  const vault = new Vault()
  const [author, other] = [new MailVisit(sideOf(vault, "author")), new MailVisit(sideOf(vault, "counselor"))]
  await opened(other)
  other.write("Hello", 20_000)
  await other.look()
  const kept = vault.kept.counselor
  for (const at of [0, 64, 300, bundleSize - 1]) {
    vault.kept.counselor = { ...kept, bundle: (kept.bundle ?? assert.fail()).with(at, ((kept.bundle?.[at] ?? 0) ^ 1)) }
    await author.look()
    assert.deepEqual(author.letters, [])
  }
  assert.equal(openState(kept.state ?? assert.fail(), stateKey(boxKey, filingId), filingId), null)
  assert.ok(vault.seen.every((bytes) => !toHex(bytes).includes(toHex(new TextEncoder().encode("Hello")))))
  assert.ok(!equal(vault.seen[0] ?? assert.fail(), vault.seen[2] ?? assert.fail()))
})

test("what is too long, or too much until the other looks, is not taken", async () => {
  const vault = new Vault()
  const author = new MailVisit(sideOf(vault, "author"))
  await opened(author)
  assert.equal(author.write("x".repeat(4001), 20_000), false)
  for (let i = 0; i < 3; i++) assert.ok(author.write("x".repeat(3500), 20_000))
  assert.equal(author.write("x".repeat(3500), 20_000), false)
  assert.equal(author.letters.length, 3)
})

test("what the author says of themselves comes whole, in the same size, and holds until they say otherwise", async () => {
  const vault = new Vault()
  const [author, other] = [await opened(new MailVisit(sideOf(vault, "author"))), await opened(new MailVisit(sideOf(vault, "counselor")))]
  assert.ok(author.stand({ plan: { phrase: "blue kettle" } }))
  assert.equal(author.isSent, false)
  vault.lose = "answer"
  await author.look()
  vault.lose = "nothing"
  await author.look()
  assert.equal(author.isSent, true)
  await other.look()
  assert.deepEqual(other.theirs, { plan: { phrase: "blue kettle" } })
  assert.deepEqual((await opened(new MailVisit(sideOf(vault, "author")))).standing, { plan: { phrase: "blue kettle" } })
  assert.equal(author.stand({ plan: "x".repeat(2048) }), false)
  assert.equal(vault.sizes.size, 1)
})

test("when another has the case, what has not left is held until its writer has seen who", async () => {
  const vault = new Vault()
  const author = await opened(new MailVisit(sideOf(vault, "author")))
  assert.ok(author.stand({ plan: {} }))
  assert.ok(author.write("For Ines, on its way", 20_000))
  await author.look()
  assert.ok(author.write("For Ines alone", 20_000))
  const before = vault.kept.author.revision
  vault.current = publicKey(random(32))
  vault.kept.counselor = { revision: 0, state: null, bundle: null }
  await author.look()

  assert.equal(vault.kept.author.revision, before)
  assert.equal(author.counselor, toHex(vault.current))
  assert.deepEqual([author.hasMet, author.isSent, author.held.map((one) => one.text)], [false, true, ["For Ines alone"]])
  assert.deepEqual(author.letters.map((one) => [one.text, one.n, one.missed]), [["For Ines, on its way", 0, true]])
  assert.equal(author.write("To whoever it is", 20_000), false)
  await author.look()
  assert.deepEqual(author.standing, { plan: {} })
  const said = openBundle(emptyMail("", desk, null), { deployment, filingId, from: "author" }, publicKey(authorSeed), vault.kept.author.bundle ?? assert.fail())
  assert.deepEqual([said?.bundle.standing, said?.bundle.letters], [{}, []])

  author.meet(toHex(vault.current))
  const held = author.held[0] ?? assert.fail()
  assert.ok(author.write(held.text, 20_001))
  author.forget(held)
  await author.look()
  assert.deepEqual([author.held, author.isSent, author.waiting.map((one) => one.text)], [[], true, ["For Ines alone"]])
})

test("a glance says whether there is anything unseen, in an exchange like others, and notes nothing", async () => {
  const vault = new Vault()
  const [author, other] = [await opened(new MailVisit(sideOf(vault, "author"))), new MailVisit(sideOf(vault, "counselor"))]
  author.write("Hello", 20_000)
  await author.look()
  assert.equal(await glance(sideOf(vault, "counselor")), false) // They never opened it.
  await opened(other)
  assert.equal(await glance(sideOf(vault, "counselor")), true)
  other.see()
  await other.look()
  assert.equal(await glance(sideOf(vault, "counselor")), false)
  author.write("Again", 20_000)
  await author.look()
  const before = vault.kept.counselor.revision
  assert.equal(await glance(sideOf(vault, "counselor")), true)
  assert.deepEqual([vault.kept.counselor.revision, vault.sizes.size], [before, 1])
})

test("a message brings what opens its files, three at most", async () => {
  const vault = new Vault()
  const [author, other] = [await opened(new MailVisit(sideOf(vault, "author"))), await opened(new MailVisit(sideOf(vault, "counselor")))]
  const file = { id: "00".repeat(16), name: "a.jpg", type: "image/jpeg", size_bytes: 7, sha256: "00".repeat(32), key: "AGE-SECRET-KEY-1", parts: 1 }
  assert.equal(author.write("", 20_000, [file, file, file, file]), false)
  assert.ok(author.write("", 20_000, [file]))
  await author.look()
  await other.look()
  assert.deepEqual(other.letters, [{ from: "them", n: 1, day: 20_000, text: "", files: [file] }])
})

test("what an earlier visit wrote is held, unless it had left", async () => {
  const vault = new Vault()
  const first = await opened(new MailVisit(sideOf(vault, "author")))
  first.write("Arrived, but nobody said so", 20_000)
  const arrived = first.unsent
  vault.lose = "answer"
  await first.look()
  vault.lose = "nothing"
  first.write("Never left", 20_000)
  const second = await opened(new MailVisit(sideOf(vault, "author")))
  second.hold([...arrived, ...first.unsent.slice(1)])
  assert.deepEqual(second.held.map((one) => one.text), ["Never left"])
})

test("whoever the vault names beside what was just kept is not heard before the mailbox has begun anew with them", async () => {
  const vault = new Vault()
  const author = await opened(new MailVisit(sideOf(vault, "author")))
  const [seed, before] = [random(32), vault.current]
  const heard = sealBundle(write({ ...emptyMail("x", desk, { key: publicKey(authorSeed), recipient: recipientOf(firstIdentity(boxKey)) }), met: "x" }, "I am Ines.", 20_000) ?? assert.fail(), { deployment, filingId, from: "counselor" }, seed, random)
  vault.exchange = (who, put, to) => {
    vault.current = before
    vault.kept.counselor = { revision: 1, state: null, bundle: heard }
    const kept = Vault.prototype.exchange.call(vault, who, put, to)
    return "failed" in kept ? kept : concat(publicKey(seed), kept.slice(32))
  }
  assert.equal(await author.look(), null)
  assert.deepEqual([author.counselor, author.letters], [toHex(before), []])
})

test("a counselor who kept a mailbox with one author stops when they are shown another, whoever is said to have the case", async () => {
  const vault = new Vault()
  const [author, other] = [await opened(new MailVisit(sideOf(vault, "author"))), await opened(new MailVisit(sideOf(vault, "counselor")))]
  author.write("Hello", 20_000)
  await author.look()
  await other.look()
  await other.look()
  const [before, made] = [vault.kept.counselor, firstIdentity(random(32))]
  const shown: Side = { ...sideOf(vault, "counselor"), other: () => ({ key: publicKey(random(32)), recipient: recipientOf(made) }) }
  for (const named of [counselor, publicKey(random(32))]) {
    vault.current = named
    const visit = new MailVisit(shown)
    assert.deepEqual(await visit.open(), { failed: "author-changed" })
    assert.deepEqual([visit.letters, visit.write("To whom?", 20_001), await visit.look()], [[], false, { failed: "author-changed" }])
    assert.equal(vault.kept.counselor, before)
  }
  vault.current = counselor
  assert.deepEqual((await opened(new MailVisit(sideOf(vault, "counselor")))).letters.map((one) => one.text), ["Hello"])
})

test("a message has left once an answer says so, and what holds is none", async () => {
  const vault = new Vault()
  const other = await opened(new MailVisit(sideOf(vault, "counselor")))
  assert.ok(other.stand({ begun: { what: "police", day: 20_000 } }))
  await other.look()
  assert.deepEqual([other.isSent, other.spoken], [true, 0])
  other.write("Hello", 20_000)
  vault.lose = "answer"
  await other.look()
  assert.equal(other.spoken, 0)
  vault.lose = "nothing"
  await other.look()
  assert.equal(other.spoken, 1)
})

test("looks go one after the other: what was written while one was on its way leaves with the next, and what was taken out stays out", async () => {
  const vault = new Vault()
  const other = await opened(new MailVisit(sideOf(vault, "counselor")))
  other.write("First", 20_000)
  await other.look()

  let letGo = () => {}
  const side = sideOf(vault, "author")
  const slow = new Promise<void>((resolve) => (letGo = resolve))
  let isSlow = false
  const author = await opened(new MailVisit({ ...side, send: async (put, to) => {
    if (isSlow) await slow
    return side.send(put, to)
  } }))
  isSlow = true
  const background = author.look()
  author.write("Second", 20_001)
  author.forget(author.letters[0] ?? assert.fail("there is no letter"))
  const pressed = author.look()
  letGo()
  assert.deepEqual(await Promise.all([background, pressed]), [null, null])
  assert.equal(author.isSent, true)
  assert.deepEqual(author.letters.map((one) => one.text), ["Second"])
  await other.look()
  assert.deepEqual(other.letters.map((one) => one.text), ["First", "Second"])
})

test("a picture that cannot be drawn anew does not go, by whatever it is known as one; another file does", async () => {
  const stored: number[] = []
  const send = (name: string, type: string) => sendFile(new File(["place: 48.85, 2.35"], name, { type }), (_, part) => {
    stored.push(part)
    return Promise.resolve(null)
  })
  const [global, before] = [globalThis as { createImageBitmap?: unknown }, globalThis.createImageBitmap]
  global.createImageBitmap = () => Promise.reject(new Error("no such decoder"))
  try {
    for (const [name, type] of [["IMG_1.HEIC", ""], ["a.tiff", "application/octet-stream"], ["a", "image/heic"], ["a.jpg", "text/plain"]] as const) {
      assert.deepEqual(await send(name, type), { failed: "not-drawn" }, name)
    }
    assert.deepEqual(stored, [])
    const sent = await send("note.txt", "text/plain")
    assert.deepEqual(["failed" in sent ? sent.failed : sent.name, stored], ["note.txt", [0]])
  } finally {
    global.createImageBitmap = before
  }
})
