// Which texts only those screens show that are loaded later: they come with these, and not with the first page.
import { readFile, readdir } from "node:fs/promises"
import { dirname, join, relative, resolve } from "node:path"
import { catalogueOf } from "./build-messages.mjs"
import { parts, root } from "./build-parts.mjs"

/** The keys of `vault/messages/en.ts` that no file on the way of an author names, and one that is loaded later does. */
export async function laterKeys() {
  const sources = await sourcesOf(join(root, "vault"))
  const later = new Set(Object.keys(sources).filter((file) => !reach(sources, ["vault/app.ts"]).has(file) && reachLater(sources).has(file)))
  const texts = (isLater) => Object.keys(sources).filter((file) => later.has(file) === isLater).map((file) => sources[file]).join("\n")
  const [names, namesLater] = [texts(false), texts(true)]
  return new Set(Object.keys(await catalogueOf("en")).filter((key) => !isNamed(key, names) && isNamed(key, namesLater)))
}

/** Whether a key stands there, or a text with a gap that it would fill. */
function isNamed(key, source) {
  return source.includes(`"${key}"`) || [...source.matchAll(/`([a-z][\w.]*\.)\$\{/gi)].some(([, begins]) => key.startsWith(begins))
}

function reachLater(sources) {
  return reach(sources, parts.later, true)
}

/** Every file that is loaded with these or from them, but not through a screen that is loaded later. */
function reach(sources, entries, throughLater = false) {
  const found = new Set(entries)
  for (const file of found) {
    for (const [, how, path] of (sources[file] ?? "").matchAll(/(from |import\()"(\.\.?\/[^"]+)\.js"/g)) {
      const next = `${relative(root, resolve(root, dirname(file), path))}.ts`
      if (throughLater || how === "from " || !parts.later.includes(next)) found.add(next)
    }
  }
  return found
}

async function sourcesOf(folder) {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".ts") && !name.startsWith("messages") && !name.startsWith("counselor") && !name.startsWith("desk"))
  return Object.fromEntries(await Promise.all(names.map(async (name) => [`vault/${name}`, await readFile(join(folder, name), "utf8")])))
}
