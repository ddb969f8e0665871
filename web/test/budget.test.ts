import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, test } from "node:test"
import { brotliCompressSync } from "node:zlib"

const folders = [build(), build()] as const
const [first] = folders
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true })))

test("the first page is below 60 kB, compressed", () => {
  const files = ["index.html", "style.css", ...withImports("app.js", "static")]
  assert.ok(total(files) < 60_000, `${total(files)} bytes in ${files.join(", ")}`)
})

test("everything an author ever loads is below 150 kB, compressed, without the phone numbers of the world", () => {
  const files = ["index.html", "style.css", "icon.svg", "argon2-worker.js", ...withImports("app.js", "all")]
  const metadata = files.filter(isPhoneMetadata)
  const rest = files.filter((file) => !isPhoneMetadata(file))
  assert.equal(metadata.length, 1)
  assert.ok(total(rest) < 150_000, `${total(rest)} bytes`)
  console.log(`first page ${total(["index.html", "style.css", ...withImports("app.js", "static")])} B, all ${total(rest)} B, phone numbers ${total(metadata)} B more`)
})

test("a counselor's desk is below 150 kB too", () => {
  const files = ["desk.html", "style.css", "argon2-worker.js", ...withImports("desk.js", "all").filter((file) => !isPhoneMetadata(file))]
  assert.ok(total(files) < 150_000, `${total(files)} bytes`)
})

test("the same sources give the same bytes", () => {
  const names = readdirSync(first).sort()
  assert.deepEqual(readdirSync(folders[1]).sort(), names)
  for (const name of names) assert.deepEqual(readFileSync(join(folders[1], name)), readFileSync(join(first, name)), name)
})

test("no page has a script or a style of its own, nor loads anything from elsewhere", () => {
  for (const page of ["index.html", "desk.html"]) {
    const html = text(page)
    assert.doesNotMatch(html, /<script(?![^>]*\ssrc="\/)/)
    assert.doesNotMatch(html, /<style|\sstyle=|\son\w+=|https?:|\/\//)
  }
})

function build(): string {
  const folder = mkdtempSync(join(tmpdir(), "wetoo-pages-"))
  execFileSync(process.execPath, ["build.mjs", folder])
  return folder
}

/** A script and what it imports: at once, or ever. */
function withImports(entry: string, which: "static" | "all"): string[] {
  const found = new Set([entry])
  for (const file of found) {
    const pattern = which === "static" ? /^(?:import|export)[^;]*?from "\.\/([^"]+)"|^import "\.\/([^"]+)"/gm : /(?:from|import) ?\(?"\.\/([^"]+\.js)"/gm
    for (const [, a, b] of text(file).matchAll(pattern)) found.add(a ?? b ?? "")
  }
  return [...found]
}

function isPhoneMetadata(file: string): boolean {
  return text(file).includes("country_calling_codes")
}

function total(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + brotliCompressSync(readFileSync(join(first, file))).length, 0)
}

function text(file: string): string {
  return readFileSync(join(first, file), "utf8")
}
