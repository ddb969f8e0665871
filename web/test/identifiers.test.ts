import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import fc from "fast-check"
import { parsePhoneNumberFromString } from "libphonenumber-js/max"
import { detectIdentifier, fromCanonical, parseIdentifier, readBack, type IdentifierType } from "../core/identifiers.js"
import { spaced } from "../core/phone.js"
import { clean, fold } from "../core/plain-text.js"
import { fromPunycode, toPunycode } from "../core/punycode.js"

interface Row {
  readonly type: IdentifierType | "auto"
  readonly input: string
  readonly region?: string
  readonly organisation?: string
  readonly canonical?: string
  readonly refusal?: string
  readonly note: string
}

const spec = new URL("../../../spec/", import.meta.url)
const { rows } = JSON.parse(readFileSync(new URL("vectors/identifiers.json", spec), "utf8")) as { rows: Row[] }
const kept = [...new Set(rows.flatMap((row) => row.canonical ?? []))]

// Whatever people paste: words of the protocol, every script, invisible signs, halves of pairs.
const pieces = [
  "@", ".", ":", "/", "//", "%", "%41", "%2F", "?", "&", "=", "+", "#", " ", "xn--", "https://", "www.", "instagram", "youtube:", "mastodon:", "did:plc:",
  "profile.php", "İ", "i\u0307", "ſ", "ß", "Σ", "é", "e\u0301", "\u200f", "٣", "３", "Ａ", "ﷺ", "가", "\u1100\u1161", "\ud800", "c/", "user", "..", "00",
  "33612345678", "org", "example.org", "_", "-", "。",
]
const text = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.constantFrom(...kept), fc.string({ unit: "binary", maxLength: 3 })), { maxLength: 6 })
  .map((parts) => parts.join(""))

test("a text is read as the table says", async () => {
  assert.ok(rows.length >= 120)
  for (const row of rows) {
    const found = row.type === "auto"
      ? await detectIdentifier(row.input, row.region ?? null)
      : await parseIdentifier(row.type, row.input, { region: row.region ?? null, organisation: row.organisation ?? null })
    const said = "canonical" in found ? { canonical: found.canonical } : { refusal: found.help }
    assert.deepEqual(said, row.canonical === undefined ? { refusal: row.refusal } : { canonical: row.canonical }, `${row.type} ${row.input}: ${row.note}`)
  }
})

test("a number of any country is read as in the other language", async () => {
  const { rows: numbers } = JSON.parse(readFileSync(new URL("vectors/phones.json", spec), "utf8")) as { rows: [string, string | null, string][] }
  assert.ok(numbers.length > 2000)
  for (const [digits, region, said] of numbers) {
    const found = await parseIdentifier("tel", digits, { region })
    assert.equal("help" in found ? found.help : found.value, said, `${digits} ${region}`)
  }
})

test("the numbering plans are those of the package, and a number is printed as the package prints it", async () => {
  const { plansText } = await import(new URL("../../numbering-plans.mjs", import.meta.url).href) as { plansText(): string }
  assert.equal(readFileSync(new URL("../../core/numbering-plans.ts", import.meta.url), "utf8"), plansText())
  const { rows: numbers } = JSON.parse(readFileSync(new URL("vectors/phones.json", spec), "utf8")) as { rows: [string, string | null, string][] }
  for (const [, , number] of numbers.filter(([, , said]) => said.startsWith("+"))) {
    assert.equal(spaced(number), parsePhoneNumberFromString(number)?.formatInternational() ?? number)
  }
})

test("a canonical value read again is the same", async () => {
  for (const one of kept) assert.equal((await fromCanonical(one))?.canonical, one)
})

test("whatever is typed, reading twice changes nothing and nothing is thrown", async () => {
  const type = fc.constantFrom<IdentifierType>("tel", "email", "handle", "url", "member")
  await fc.assert(fc.asyncProperty(type, text, fc.constantFrom(null, "FR", "US", "IT", "xx"), fc.constantFrom(null, "lyon"), async (type, text, region, organisation) => {
    const once = await parseIdentifier(type, text, { region, organisation })
    if ("help" in once) return
    assert.deepEqual(await parseIdentifier(once.type, once.value), once)
  }), { numRuns: 20_000 })
})

test("whatever is detected, reading twice changes nothing", async () => {
  await fc.assert(fc.asyncProperty(text, async (text) => {
    const once = await detectIdentifier(text, "FR")
    if ("canonical" in once) assert.deepEqual(await fromCanonical(once.canonical), once)
  }), { numRuns: 10_000 })
})

test("what is not canonical stands for nobody", async () => {
  for (const one of ["tel:0612345678", "email:Sam@example.org", "handle:twitter:sam", "url:https://example.org", "member:AB", "name:Sam", ""]) {
    assert.equal(await fromCanonical(one), null)
  }
})

test("an identifier is read back in plain words", async () => {
  const cases = [
    ["tel:+33612345678", null, "+33 6 12 34 56 78", null],
    ["email:sam+news@example.org", null, "sam+news@example.org", "email:sam@example.org"],
    ["handle:instagram:sam_doe", "Instagram", "sam_doe", null],
    ["handle:threads:sam_doe", "Threads", "sam_doe", "handle:instagram:sam_doe"],
    ["handle:bluesky:did:plc:z72i7hdynmk6r22z27h6tvur", "Bluesky", "did:plc:z72i7hdynmk6r22z27h6tvur", null],
    ["member:lyon:AB1234", null, "lyon AB1234", null],
  ] as const
  for (const [canonical, platform, words, also] of cases) {
    const found = await fromCanonical(canonical)
    assert.ok(found !== null)
    const back = await readBack(found)
    assert.deepEqual([back.platform, back.text, back.also?.canonical ?? null], [platform, words, also])
  }
})

test("this browser's characters are those of spec/unicode, each folded once and for all", () => {
  const lines = readFileSync(new URL("unicode/unicode-15.0.txt", spec), "utf8").trimEnd().split("\n").filter((line) => !line.startsWith("#")).map((line) => line.split(" "))
  const lower = new Map(lines.flatMap(([kind, from = "", to = ""]) => (kind === "l" ? [[parseInt(from, 16), parseInt(to, 16)] as const] : [])))
  const parts = new Map(lines.flatMap(([kind, from = "", ...to]) => (kind === "d" ? [[parseInt(from, 16), to.map((c) => parseInt(c, 16))] as const] : [])))
  for (const [kind, first = "", last = ""] of lines) {
    if (kind !== "a") continue
    for (let c = parseInt(first, 16); c <= parseInt(last, 16); c++) {
      const character = String.fromCodePoint(c)
      if (c < 0xac00 || c > 0xd7a3) assert.equal(character.normalize("NFKD"), String.fromCodePoint(...(parts.get(c) ?? [c])), first)
      if (c !== 0x130) assert.equal(character.toLowerCase(), String.fromCodePoint(lower.get(c) ?? c), first)
      const cleaned = clean(character)
      if (cleaned === null) continue
      const folded = fold(cleaned)
      assert.deepEqual([clean(cleaned), clean(folded), fold(folded)], [cleaned, folded, folded], first)
    }
  }
})

test("Punycode of RFC 3492, section 7.1", () => {
  const cases = [
    ["ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn"], ["他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"], ["Pročprostěnemluvíčesky", "Proprostnemluvesky-uyb24dma41a"],
    ["почемужеонинеговорятпорусски", "b1abfaaepdrnnbgefbadotcwatmq2g4l"], ["3年B組金八先生", "3B-ww4c5e180e575a65lsy2b"], ["パフィーdeルンバ", "de-jg4avhby1noc0d"],
    ["-> $1.00 <-", "-> $1.00 <--"],
  ] as const
  for (const [label, code] of cases) {
    assert.equal(toPunycode(label), code)
    assert.equal(fromPunycode(code), label)
  }
})

test("Punycode comes back and no text makes it throw", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 20 }), fc.string({ unit: "binary" }), (label, any) => {
    fromPunycode(any)
    const code = toPunycode(label)
    assert.ok(code.length > 63 || fromPunycode(code) === label)
  }))
})
