import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { deflateSync } from "node:zlib"
import { test } from "node:test"
import { Decrypter } from "age-encryption"
import { encryptForPassphrase } from "../core/age-passphrase.js"
import { ascii } from "../core/bytes.js"
import { blackedOut, extractOf, passageKey, type Part } from "../core/extract.js"
import { pdfOf, type PdfDocument, type PdfPage } from "../core/pdf.js"
import { zip } from "../core/zip.js"
import { stream } from "./vectors.js"

const random = stream("export")
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1")

test("age opens what was sealed to a passphrase, and not with another", async () => {
  for (const length of [0, 1, 65_536, 65_537]) {
    const plain = random(length)
    const file = await encryptForPassphrase("one two three", plain, random)
    const right = new Decrypter()
    right.addPassphrase("one two three")
    assert.deepEqual(await right.decrypt(file), plain)
    const wrong = new Decrypter()
    wrong.addPassphrase("one two four")
    await assert.rejects(wrong.decrypt(file))
  }
})

test("an archive has the check that its format's own example gives, and says no time", () => {
  const archive = zip([{ name: "a.txt", bytes: new TextEncoder().encode("123456789") }, { name: "b.bin", bytes: new Uint8Array(0) }])
  const view = new DataView(archive.buffer)
  assert.equal(view.getUint32(14, true), 0xcbf43926) // The check value of CRC-32.
  assert.equal(view.getUint32(10, true), 0x00210000)
  const end = archive.length - 22
  assert.equal(view.getUint32(end, true), 0x06054b50)
  assert.equal(view.getUint16(end + 10, true), 2)
  assert.equal(view.getUint32(view.getUint32(end + 16, true), true), 0x02014b50)
})

const parts: readonly Part[] = [
  { room: "words", paragraphs: [["One. ", "Two."], ["Three."]] },
  { room: "where", paragraphs: [["Here."]] },
]

test("an extract holds what was chosen, and says of the rest only how much there is", () => {
  const extract = extractOf(parts, new Set(["words"]), new Set([passageKey("words", 0, 1), passageKey("where", 0, 0)]))
  assert.deepEqual(extract, { parts: [{ room: "words", paragraphs: [["One. ", `${blackedOut} `], ["Three."]] }], leftOut: 1, blackedOut: 1 })
})

function page(characters: string, block: number | null = 0): PdfPage {
  const placed = [...characters].map((character, i) => ({ character, left: 10 * i, baseline: 20, width: 10, size: 12 }))
  return { pixels: new Uint8Array(deflateSync(Uint8Array.of(0x5a))), width_px: 2, height_px: 1, text: [{ block, characters: placed }] }
}

function document(pages: readonly PdfPage[], more: Partial<PdfDocument> = {}): Uint8Array {
  return pdfOf({ pages, blocks: ["H1", "P"], language: "ar", title: "Document", source: null, ...more })
}

test("a PDF names each character once, in fonts of 255, and its objects are where its table says", () => {
  const many = Array.from({ length: 300 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join("")
  const pdf = text(document([page(many), page("aa😀")]))
  assert.equal(pdf.match(/\/Subtype \/Type3/g)?.length, 2)
  assert.equal(pdf.match(/<0061>/g)?.length, 1)
  assert.match(pdf, /<d83dde00>/)
  assert.match(pdf, /\/Lang \(ar\)/)
  const start = Number(/startxref\n(\d+)/.exec(pdf)?.[1])
  const offsets = [...pdf.slice(start).matchAll(/^(\d{10}) 00000 n /gm)].map((row) => Number(row[1]))
  offsets.forEach((offset, i) => assert.ok(pdf.startsWith(`${i + 1} 0 obj\n`, offset), `object ${i + 1}`))
  for (const [, length, body] of pdf.matchAll(/\/Length (\d+) >>\nstream\n([^]*?)\nendstream/g)) assert.equal(body?.length, Number(length))
})

test("a PDF says nothing of the program, the day or the device", () => {
  const pdf = text(document([page("a")]))
  for (const word of ["Producer", "Creator", "CreationDate", "ModDate", "CreateDate"]) assert.ok(!pdf.includes(word), word)
  assert.equal(pdf, text(document([page("a")])))
})

test("other programs read a PDF with its headings in their order, and take out the file that it was made from, to the byte", () => {
  const folder = mkdtempSync(join(tmpdir(), "pdf-"))
  const path = join(folder, "a.pdf")
  const source = { name: "account.json", type: "application/json", bytes: ascii("{\"text\":\"بقي\"}") }
  const foot = { block: null, characters: page("7").text[0]?.characters ?? [] }
  const [first, second] = [page("Title"), page("بقي\u{e000}\ud800", 1)]
  writeFileSync(path, document([{ ...first, text: [...first.text, ...page("One", 1).text, foot] }, second], { source }))
  const said = (program: string, ...args: string[]) => execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] })
  assert.match(said("qpdf", "--check", path), /No syntax or stream encoding errors/)
  assert.match(said("pdfinfo", path), /Tagged: +yes/)
  assert.match(said("pdfinfo", "-struct-text", path), /Document\s+H1[^]*"Title"[^]*P[^]*"One"[^]*"بقي��"/)
  said("pdfdetach", "-save", "1", "-o", join(folder, "taken"), path)
  assert.deepEqual(new Uint8Array(readFileSync(join(folder, "taken"))), source.bytes)
  rmSync(folder, { recursive: true })
})
