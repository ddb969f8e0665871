// Which screens are loaded together. A file for each screen would cost an author 11 kB more: small files compress badly,
// and the page names the hash of each. docs/adr/0046.
import { readFile } from "node:fs/promises"
import { dirname, relative, resolve } from "node:path"
import { fileURLToPath } from "node:url"

export const root = fileURLToPath(new URL(".", import.meta.url))
const author = (...names) => names.map((name) => `vault/author/${name}.ts`)

/** What is not here is a file of its own. */
export const parts = {
  /** The screens from the first to the seal. */
  screens: author("agree", "cards", "check", "counselors", "deadlines", "entry", "first-questions", "keep", "name", "number", "reach", "receipt", "room", "rooms", "second-code", "unlock", "write"),
  /** For who comes back. */
  later: author("card-versions", "consents", "device-unlock", "direct", "ending", "erase", "held", "keys", "lost", "other-words", "paper-kit", "readings", "reminder", "rename", "return", "status", "stop", "team", "telling-words", "voice").concat("vault/later-protocol.ts"),
  /** The mailbox, for whom a counselor listens to. */
  mail: author("decide", "handover", "mailbox", "plan").concat("vault/mail-protocol.ts"),
  /** Meeting who named the same person; and notes of friends, for who asks and for who writes one. One part: each costs the first page the hashes of its files. */
  others: author("meet", "note-box", "note-write"),
  /** The cryptography, and the store on the device. */
  seal: ["vault/protocol.ts", "vault/device-protocol.ts", "vault/files.ts", "vault/identify.ts", "vault/wordlists.ts"],
  /** What somebody takes out. */
  take: ["take", "share", "copies", "parts", "paper"].map((name) => `vault/export/${name}.ts`),
  /** With its date. */
  evidence: ["evidence", "dates", "package"].map((name) => `vault/export/${name}.ts`),
}

/** Of the desk: what is not asked for on most days. */
export const deskParts = {
  carry: ["device-lock", "handover", "holds", "join", "limits", "notes", "rested", "sign-in"].map((name) => `vault/counselor/${name}.ts`),
}

/** Screens that are loaded later bring the texts that only they show: see build-texts.mjs. */
export const partsWithTexts = ["later", "mail", "others", "take", "evidence"]

function withTexts(part) {
  return [
    'import { alsoSpeak } from "./vault/language.ts"',
    `await alsoSpeak({ ${["en", "fr", "es", "ar"].map((language) => `"${language}": async () => (await import("texts:${part}-${language}")).${language}`).join(", ")},`,
    `  "en-XA": async () => (await import("./vault/messages/pseudo.ts")).strangely((await import("texts:${part}-en")).en) })`,
  ]
}

/** Sends `import("./name.js")` of a file in a part to the part, which has each of its files under a name. */
export const together = (parts, partsWithTexts = Object.keys(parts)) => ({
  name: "together",
  setup(build) {
    build.onLoad({ filter: /\/vault\/.*\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(/\bimport\("(\.\.?\/[^"]+)\.js"\)/g, (whole, imported) => {
        const file = `${relative(root, resolve(dirname(path), imported))}.ts`
        const part = Object.keys(parts).find((name) => parts[name].includes(file))
        return part === undefined ? whole : `import("part:${part}").then((part) => part.${nameOf(file)})`
      }),
      loader: "ts",
    }))
    build.onResolve({ filter: /^part:/ }, ({ path }) => ({ path: path.slice("part:".length), namespace: "part" }))
    build.onLoad({ filter: /.*/, namespace: "part" }, ({ path }) => ({
      contents: [...(partsWithTexts.includes(path) ? withTexts(path) : []), ...parts[path].map((file) => `export * as ${nameOf(file)} from "./${file}"`)].join("\n"),
      resolveDir: root,
    }))
  },
})

function nameOf(file) {
  return /([\w-]+)\.ts$/.exec(file)[1].replace(/-(\w)/g, (_, letter) => letter.toUpperCase())
}

/** What libraries say to who reads their sources stays there: 5 kB of comments. Their code is served as it is. */
export const quiet = {
  name: "quiet",
  setup(build) {
    build.onLoad({ filter: /\/node_modules\/.*\.js$/ }, async ({ path }) => {
      return { contents: withoutNotes(await readFile(path, "utf8")), loader: "js" }
    })
  },
}

/** Without the lines that are nothing but a comment. A line within a text of several lines is none; where that can not be told, all stays. */
function withoutNotes(source) {
  let [inText, inBlock] = [false, false]
  const kept = source.split("\n").filter((line) => {
    const isNote = inBlock || (!inText && /^\s*(?:\/\/|\/\*\*?(?:\s(?!@__)|$))/.test(line))
    if (!inBlock && isNote) inBlock = /^\s*\/\*/.test(line)
    if (inBlock && line.includes("*/")) {
      inBlock = false
      return !/\*\/\s*$/.test(line) // Code after its end stays, and it too.
    }
    if (!isNote && (line.replace(/\\`/g, "").split("`").length - 1) % 2 === 1) inText = !inText
    return !isNote
  })
  return inText ? source : kept.join("\n")
}
