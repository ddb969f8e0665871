import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, test } from "node:test"
import { brotliCompressSync } from "node:zlib"
import { en } from "../vault/messages/en.js"

const folders = [build(), build()] as const
const [first] = folders
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true })))

const firstPage = ["index.html", "style.css", "icon.svg", ...withImports("app.js", "static")]

/** The catalogue of each language is a file of its own: a page loads that of its language. */
const languages = ["en", "fr", "es", "ar", "pseudo"]

/** What somebody may load who asks for more than writing and sealing: named by the start of its file, with the most it may add, its texts in one language too. */
const extras: Readonly<Record<string, number>> = { "later": 37_500, "mail": 33_000, "others": 32_000, "more-ways": 22_000, "french": 10_000, "spanish": 10_000, "take": 17_000, "evidence": 48_000 }

test("the first page is below 60 kB in any language, compressed", (t) => {
  for (const language of languages) {
    const files = [...firstPage, ...catalogueOf(language)]
    assert.ok(total(files) < 60_000, `${language}: ${total(files)} bytes in ${files.join(", ")}`)
    t.diagnostic(`${language}: ${total(files)} B, of them texts ${total(catalogueOf(language))} B`)
  }
})

test("no author loads the texts of the desk, nor a parser of texts", () => {
  for (const language of languages) assert.doesNotMatch(text(catalogueOf(language)[0] ?? ""), /"(desk|clocks|recuse)\./)
  for (const file of withImports("app.js", "all")) assert.doesNotMatch(text(file), /INVALID_PLURAL_ARGUMENT_SELECTOR/, file)
})

test("all that an author loads from the first page to the last, the numbering plans of the world too, is below 150 kB, compressed", (t) => {
  const scripts = withImports("app.js", "all", [...Object.keys(extras), ...languages])
  assert.ok(scripts.some((file) => text(file).includes("core/numbering-plans.ts")), "the plans are on the way")
  for (const language of languages) {
    const way = ["index.html", "style.css", "icon.svg", "argon2-worker.js", ...scripts, ...catalogueOf(language)]
    assert.ok(total(way) < 150_000, `${language}: ${total(way)} bytes: ${way.map((file) => `${file} ${total([file])}`).join(", ")}`)
    t.diagnostic(`${language}: the whole way ${total(way)} B`)
  }
})

test("what only some ask for has bounds of its own, in the language of each", (t) => {
  const way = withImports("app.js", "all", Object.keys(extras))
  const all = withImports("app.js", "all")
  for (const [name, most] of Object.entries(extras)) {
    const entry = all.find((file) => file.startsWith(`${name}-`)) ?? assert.fail(`there is no ${name}`)
    const more = withImports(entry, "all", [...Object.keys(extras), ...languages]).filter((file) => !way.includes(file))
    const size = Math.max(...["en", "fr", "es", "ar"].map((language) => total(more.filter((file) => !file.startsWith("texts-") || file.includes(`-${language}-`)))))
    assert.ok(size < most, `${name}: ${size} bytes in ${more.join(", ")}`)
    t.diagnostic(`${name} ${size} B more`)
  }
})

test("each text that the desk's own screens name is in its catalogue", () => {
  const texts = deskTexts()
  const sources = readdirSync("vault/counselor").map((name) => readFileSync(`vault/counselor/${name}`, "utf8"))
  const named = new Set(sources.flatMap((source) => [...source.matchAll(/\b(?:say|told)\("([\w.-]+)"/g)].map((match) => match[1] ?? "")))
  assert.ok(named.size > 100)
  assert.deepEqual([...named].filter((key) => !texts.includes(`"${key}"`)), [])
})

test("a counselor's desk is below 150 kB too, messages add less than 24 kB, and what is needed once, such as naming oneself, less than 48 kB", (t) => {
  const without = languages.slice(1).map((language) => `desk-${language}`)
  const once = ["desk-carry", "desk-own-names", "desk-team", "desk-lost-key", "desk-recheck"]
  const files = ["desk.html", "style.css", "argon2-worker.js", ...withImports("desk.js", "all", [...without, ...once, "desk-mail"])]
  assert.ok(total(files) < 150_000, `${total(files)} bytes: ${files.map((file) => `${file} ${total([file])}`).join(", ")}`)

  const mail = readdirSync(first).filter((file) => /^desk-mail-/.test(file)).flatMap((entry) => withImports(entry, "all", [...without, ...once]))
  const messages = [...new Set(mail)].filter((file) => !files.includes(file))
  assert.ok(messages.length > 0 && total(messages) < 24_000, `${total(messages)} bytes in ${messages.join(", ")}`)
  const entries = once.map((name) => readdirSync(first).find((file) => file.startsWith(`${name}-`)) ?? assert.fail(`there is no ${name}`))
  const more = [...new Set(entries.flatMap((entry) => withImports(entry, "all", without)))].filter((file) => !files.includes(file))
  const size = Math.max(...["en", "fr", "es", "ar"].map((language) => total(more.filter((file) => !file.startsWith("desk-texts-") || file.includes(`-${language}-`)))))
  assert.ok(size < 48_000, `${size} bytes in ${more.join(", ")}`)
  t.diagnostic(`the desk ${total(files)} B, messages ${total(messages)} B, what is needed once ${size} B more`)
})

test("the desk has every text that its screens name", () => {
  const [screens, own] = [["desk.html", ...withImports("desk.js", "all", languages.map((language) => `desk-${language}`))].map(text).join("\n"), deskTexts()]
  const begins = [...screens.matchAll(/`([a-z]\w*\.[\w.]*)\$\{/gi)].map(([, start]) => start ?? "")
  const named = Object.keys(en).filter((key) => screens.includes(`"${key}"`) || begins.some((start) => key.startsWith(start)))
  assert.ok(named.length > 200)
  assert.deepEqual(named.filter((key) => !own.includes(`"${key}"`)), [])
})

test("the page that checks packages is one file below 70 kB, compressed, which loads and asks nothing", (t) => {
  const html = text("verify.html")
  assert.ok(total(["verify.html"]) < 70_000, `${total(["verify.html"])} bytes`)
  t.diagnostic(`verify.html ${total(["verify.html"])} B`)
  assert.doesNotMatch(html, /<(?:script|img|iframe)[^>]*\ssrc=|<link rel="(?:stylesheet|preload|modulepreload)"|@import|url\(|\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|import\("/)
  const policy = /<meta http-equiv="content-security-policy" content="([^"]*)">/.exec(html)?.[1] ?? ""
  for (const [name, tag] of [["script-src", "script"], ["style-src", "style"]] as const) {
    const inner = new RegExp(`<${tag}[^>]*>([^]*?)</${tag}>`).exec(html)?.[1] ?? ""
    assert.ok(policy.includes(`${name} 'sha256-${createHash("sha256").update(inner).digest("base64")}'`), name)
  }
  assert.match(policy, /^default-src 'none'; script-src 'sha256-[^ ;]+'; style-src 'sha256-[^ ;]+'; img-src data:; form-action 'none'/)
})

test("the same sources give the same bytes", () => {
  const names = readdirSync(first).sort()
  assert.deepEqual(readdirSync(folders[1]).sort(), names)
  for (const name of names) assert.deepEqual(readFileSync(join(folders[1], name)), readFileSync(join(first, name)), name)
})

test("no page has a script or a style of its own but the list of its scripts, nor loads anything from elsewhere", () => {
  for (const page of ["index.html", "desk.html"]) {
    const html = text(page)
    assert.doesNotMatch(html.replace(/<script type="importmap">\{"integrity":\{[^<]*\}\}<\/script>/, ""), /<script(?![^>]*\ssrc="\/)/)
    assert.doesNotMatch(html, /<style|\sstyle=|\son\w+=|https?:|="\/\//)
  }
})

test("a page names the hash of its style and of every script that it can load", () => {
  for (const [page, entry] of [["index.html", "app.js"], ["desk.html", "desk.js"]] as const) {
    const html = text(page)
    const { integrity } = JSON.parse(/<script type="importmap">(.*?)<\/script>/.exec(html)?.[1] ?? "null") as { integrity: Record<string, string> }
    for (const name of withImports(entry, "all")) assert.equal(integrity[`/${name}`], sri(name), name)
    for (const [, path, said] of html.matchAll(/<(?:link rel="(?:stylesheet|modulepreload)"|script type="module") (?:href|src)="\/([^"]+)" integrity="([^"]+)"/g)) {
      assert.equal(said, sri(path ?? ""), path)
    }
    assert.match(html, new RegExp(`src="/${entry}" integrity=`))
    assert.match(html, /href="\/style.css" integrity=/)
  }
})

test("the worker that keeps pages without a network takes exactly the files of this release", () => {
  const files = JSON.parse(/FILES\w* = (\{[^}]*\})/.exec(text("sw.js"))?.[1] ?? "null") as Record<string, string>
  for (const [path, said] of Object.entries(files)) assert.equal(said, sri(path === "/" ? "index.html" : path.slice(1)), path)
  for (const name of withImports("app.js", "all")) assert.ok(`/${name}` in files, name)
})

test("the list of files has each file but itself, with its hash", () => {
  const { files } = JSON.parse(text("files.json")) as { files: { path: string, size: number, sha256: string }[] }
  const names = files.map(({ path }) => path === "/" ? "index.html" : path.includes(".") ? path.slice(1) : `${path.slice(1)}.html`)
  assert.deepEqual([...names, "files.json"].sort(), readdirSync(first).sort())
  files.forEach(({ size, sha256 }, i) => {
    const bytes = readFileSync(join(first, names[i] ?? ""))
    assert.deepEqual([size, sha256], [bytes.length, createHash("sha256").update(bytes).digest("hex")])
  })
})

test("whoever's work is in the pages is named, with their licence", () => {
  const licences = text("licences.txt")
  for (const name of ["@noble/curves", "@scure/bip39", "hash-wasm", "libphonenumber-js"]) assert.match(licences, new RegExp(`^${name} [0-9.]+ \\(`, "m"))
})

/** What the desk says in English, what it loads later too. */
function deskTexts(): string {
  const files = readdirSync(first).filter((file) => /^desk-(?:texts-\w+-)?en-/.test(file))
  assert.ok(files.length > 1, files.join(" "))
  return files.map(text).join("\n")
}

/** The pseudo-language is made of English. */
function catalogueOf(language: string): string[] {
  const names = language === "pseudo" ? ["pseudo", "en"] : [language]
  return readdirSync(first).filter((file) => names.some((name) => file.startsWith(`${name}-`)))
}

function build(): string {
  const folder = mkdtempSync(join(tmpdir(), "wetoo-pages-"))
  execFileSync(process.execPath, ["build.mjs", folder])
  return folder
}

/** A script and what it imports: at once, or ever; not through scripts whose names begin like one of `without`. */
function withImports(entry: string, which: "static" | "all", without: readonly string[] = []): string[] {
  const found = new Set([entry])
  for (const file of found) {
    const pattern = which === "static" ? /^(?:import|export)[^;]*?from "\.\/([^"]+)"|^import "\.\/([^"]+)"/gm : /(?:from|import) ?\(?"\.\/([^"]+\.js)"/gm
    for (const [, a, b] of text(file).matchAll(pattern)) {
      const name = a ?? b ?? ""
      if (!without.some((start) => name.startsWith(`${start}-`))) found.add(name)
    }
  }
  return [...found]
}

function sri(file: string): string {
  return `sha256-${createHash("sha256").update(readFileSync(join(first, file))).digest("base64")}`
}

function total(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + brotliCompressSync(readFileSync(join(first, file))).length, 0)
}

function text(file: string): string {
  return readFileSync(join(first, file), "utf8")
}
