// Which texts a page brings: those that its screens show. What only screens show that are loaded later comes with these, and not with the first page.
import { readFile, readdir } from "node:fs/promises"
import { dirname, join, relative, resolve } from "node:path"
import { catalogueOf } from "./build-messages.mjs"
import { deskParts, parts, partsWithTexts, root } from "./build-parts.mjs"

/** The keys of `vault/messages/en.ts` that no file on the way of an author names, by the parts of which a file does. */
export async function keysOfParts() {
  return laterKeys(await sourcesOf((name) => !isDesk(name)), "vault/app.ts", Object.fromEntries(partsWithTexts.map((part) => [part, parts[part]])))
}

/** Likewise those of the desk. */
export async function keysOfDeskParts() {
  return laterKeys(await sourcesOf(() => true), "vault/desk.ts", deskParts)
}

async function laterKeys(sources, entry, parts) {
  const keys = Object.keys(await catalogueOf("en"))
  const others = Object.values(parts).flat()
  const named = (files) => {
    const text = [...files].map((file) => sources[file] ?? "").join("\n")
    return keys.filter((key) => isNamed(key, text))
  }
  const always = new Set(named(reach(sources, [entry], others)))
  return new Map(Object.entries(parts).map(([part, files]) => [part, new Set(named(reach(sources, files, others)).filter((key) => !always.has(key)))]))
}

/** The keys that the page of the desk names, or a file that it loads. */
export async function deskKeys() {
  const sources = await sourcesOf(() => true)
  const names = [await readFile(join(root, "vault/desk.html"), "utf8"), ...[...reach(sources, ["vault/desk.ts"], [])].map((file) => sources[file] ?? "")].join("\n")
  return new Set(Object.keys(await catalogueOf("en")).filter((key) => isNamed(key, names)))
}

/** Whether a key stands there, or a text with a gap that it would fill. */
function isNamed(key, source) {
  return source.includes(`"${key}"`) || [...source.matchAll(/`([a-z]\w*\.[\w.]*)\$\{/gi)].some(([, begins]) => key.startsWith(begins))
}

/** Every file that is loaded with these or from them, but not through a part that brings its own texts. */
function reach(sources, entries, others) {
  const found = new Set(entries)
  for (const file of found) {
    for (const [, how, path] of (sources[file] ?? "").matchAll(/(from |import\()"(\.\.?\/[^"]+)\.js"/g)) {
      const next = `${relative(root, resolve(root, dirname(file), path))}.ts`
      if (how === "from " || !others.includes(next)) found.add(next)
    }
  }
  return found
}

function isDesk(name) {
  return name.startsWith("counselor") || name.startsWith("desk")
}

async function sourcesOf(isWanted) {
  const folder = join(root, "vault")
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".ts") && !name.startsWith("messages") && isWanted(name))
  return Object.fromEntries(await Promise.all(names.map(async (name) => [`vault/${name}`, await readFile(join(folder, name), "utf8")])))
}
