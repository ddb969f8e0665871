// Which texts a page brings: those that its screens show. What only screens show that are loaded later comes with these, and not with the first page.
import { readFile, readdir } from "node:fs/promises"
import { dirname, join, relative, resolve } from "node:path"
import { catalogueOf } from "./build-messages.mjs"
import { parts, partsWithTexts, root } from "./build-parts.mjs"

/** The keys of `vault/messages/en.ts` that no file on the way of an author names, by the parts of which a file does. */
export async function keysOfParts() {
  const sources = await sourcesOf((name) => !isDesk(name))
  const keys = Object.keys(await catalogueOf("en"))
  const named = (files) => {
    const text = [...files].map((file) => sources[file] ?? "").join("\n")
    return keys.filter((key) => isNamed(key, text))
  }
  const always = new Set(named(reach(sources, ["vault/app.ts"])))
  return new Map(partsWithTexts.map((part) => [part, new Set(named(reach(sources, parts[part])).filter((key) => !always.has(key)))]))
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
function reach(sources, entries, others = partsWithTexts.flatMap((part) => parts[part])) {
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
