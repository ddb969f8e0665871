// The catalogue on its way into the pages: parsed once, here, so that no page carries a parser. docs/adr/0040.
import { readFile } from "node:fs/promises"
import { parse } from "@formatjs/icu-messageformat-parser"
import { transform } from "esbuild"

const from = (path) => new URL(path, import.meta.url)

/** The catalogue of a language as it was written. */
export async function catalogueOf(language) {
  const { code } = await transform(await readFile(from(`vault/messages/${language}.ts`), "utf8"), { loader: "ts", format: "esm" })
  return (await import(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`))[language]
}

/**
 * Puts parsed catalogues in the place of written ones, without the texts that a page never shows. What a language does not
 * say yet, or says with other arguments, is said in English.
 */
export function messages(isNeeded, ofParts = new Map()) {
  const isLater = (key) => [...ofParts.values()].some((keys) => keys.has(key))
  return {
    name: "messages",
    setup(build) {
      build.onLoad({ filter: /\/vault\/messages\/(en|fr|es|ar)\.ts$/ }, ({ path }) => parsedCatalogue(/(\w+)\.ts$/.exec(path)[1], (key) => isNeeded(key) && !isLater(key)))
      build.onResolve({ filter: /^texts:/ }, ({ path }) => ({ path: `texts-${path.slice("texts:".length)}`, namespace: "texts" }))
      build.onLoad({ filter: /.*/, namespace: "texts" }, ({ path }) => {
        const [, part, language] = path.split("-")
        return parsedCatalogue(language, (key) => ofParts.get(part).has(key))
      })
    },
  }
}

function fits(own, english) {
  return own !== undefined && String(argumentsOf(parse(own, { ignoreTag: true }))) === String(argumentsOf(parse(english, { ignoreTag: true })))
}

/** The names that stand in a text, also in the forms of a plural. */
export function argumentsOf(parts) {
  const names = parts.flatMap((part) => [
    ...(part.type === 0 || part.type === 7 ? [] : [part.value]),
    ...Object.values(part.options ?? {}).flatMap(({ value }) => argumentsOf(value)),
  ])
  return [...new Set(names)].sort()
}

async function parsedCatalogue(language, isNeeded) {
  const own = await catalogueOf(language)
  const texts = Object.entries(await catalogueOf("en")).filter(([key]) => isNeeded(key))
  const parsed = texts.map(([key, english]) => [key, parsedText(own[key] ?? english)])
  return { contents: `export const ${language} = ${JSON.stringify(Object.fromEntries(parsed), null, 1)}`, loader: "js" }
}

function parsedText(text) {
  const parts = parse(text, { ignoreTag: true, captureLocation: false })
  return parts.length === 1 && parts[0].type === 0 ? parts[0].value : parts
}

/** A page with the texts that stand in it before any script: `{{key}}`, and `{{key|all}}` as a paragraph in every language. */
export async function withTexts(html) {
  const languages = ["en", "fr", "es", "ar"]
  const all = Object.fromEntries(await Promise.all(languages.map(async (language) => [language, await catalogueOf(language)])))
  return html
    .replace(/\{\{([\w.]+)\|all\}\}/g, (_, key) => languages.map((language) =>
      `<p lang="${language}" dir="${language === "ar" ? "rtl" : "ltr"}">${escaped(all[language][key] ?? all.en[key])}</p>`).join("\n"))
    .replace(/\{\{([\w.]+)\}\}/g, (whole, key) => (all.en[key] === undefined ? whole : escaped(all.en[key])))
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\"", "&quot;")
}
