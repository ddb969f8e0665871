// The page of each table and field that our programs keep, in each language: from one list, which tests hold to the schemas of the databases,
// and without a script. docs/adr/0135.
import { readFile } from "node:fs/promises"
import { catalogueOf } from "./build-messages.mjs"
import { sriOf } from "./build-integrity.mjs"

/** Each language by its own name; English first, whose page has the short address. */
const storedLanguages = { en: "English", fr: "Français", es: "Español", ar: "العربية" }

const policy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

/** The pages by their names in a release. */
export async function storedPages(folder) {
  const fields = JSON.parse(await readFile(from("fields.json"), "utf8"))
  const integrity = await sriOf(`${folder}/style.css`)
  return Object.fromEntries(await Promise.all(Object.keys(storedLanguages).map(async (language) => {
    const texts = { ...JSON.parse(await readFile(from(`${language}.json`), "utf8")), ...leaving(await catalogueOf(language)) }
    return [`${nameOf(language)}.html`, pageOf(language, fields, integrity, (key) => said(texts, key))]
  })))
}

/** What is said of a table: in its host, or alike in all. */
function tableKey(texts, host, table) {
  return `table.${host}.${table}` in texts ? `table.${host}.${table}` : `table.${table}`
}

function pageOf(language, fields, integrity, say) {
  return `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="description" content="Notes">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
<title>Notes</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css" integrity="${integrity}">
</head>
<body>
<header class="top"><a class="skip" href="/bye" rel="nofollow noreferrer" data-leave>${say("leave.skip")}</a><p class="name">Notes</p><a class="leave" href="/bye" rel="nofollow noreferrer" data-leave><span>${say("leave.link")}</span> <span class="unseen">${say("leave.now")}</span></a></header>
<main id="view" tabindex="-1">
<h1>${say("heading")}</h1>
<nav aria-label="${say("language")}"><p>${Object.entries(storedLanguages).map(([other, name]) => `<a href="/${nameOf(other)}" lang="${other}" dir="${directionOf(other)}" hreflang="${other}" translate="no"${other === language ? " aria-current=\"page\"" : ""}>${name}</a>`).join(" · ")}</p></nav>
<div class="stack">
${paragraphs(say, ["intro.list", "intro.some"])}
</div>
${listed(say, "open", ["filed", "number", "key", "size", "match", "direct", "case", "said", "nudge"])}
${listed(say, "closed", ["who", "named", "account"])}
<p>${say("closed.how")}</p>
${listed(say, "limits", ["programs", "one", "voices", "network"])}
<h2>${say("tables.heading")}</h2>
${paragraphs(say, ["tables.how", "tables.unknown"])}
${Object.entries(fields).map(([host, tables]) => hostOf(host, tables, say)).join("\n")}
<p><a href="/">${say("back")}</a></p>
</main>
</body>
</html>
`
}

function hostOf(host, tables, say) {
  return `<section id="${host}" class="stack">
<h3>${code(host)}</h3>
<p>${say(`host.${host}`)}</p>
${Object.entries(tables).map(([table, columns]) => `<details id="${host}.${table}"><summary><span>${say(`table.${host}.${table}`)} ${code(table)}</span></summary>
<dl class="facts">
${Object.entries(columns).map(([column, kind]) => `<div><dt>${code(column)}</dt><dd>${say(`kind.${kind}`)}${more(say(`field.${host}.${table}.${column}`))}</dd></div>`).join("\n")}
</dl></details>`).join("\n")}
</section>`
}

/** A text as it stands in a page. Only what is said of single fields may be missing; anything else stops the build. */
function said(texts, key) {
  if (key.startsWith("field.")) return escaped(texts[key] ?? "")
  const [, host, table] = key.startsWith("table.") ? key.split(".") : []
  const text = texts[table === undefined ? key : tableKey(texts, host, table)]
  if (text === undefined) throw new Error(`Nothing is said for ${key}`)
  return escaped(text)
}

function listed(say, part, names) {
  return `<h2>${say(`${part}.heading`)}</h2>\n<ul>\n${names.map((name) => `<li>${say(`${part}.${name}`)}</li>`).join("\n")}\n</ul>`
}

function paragraphs(say, keys) {
  return keys.map((key) => `<p>${say(key)}</p>`).join("\n")
}

function more(text) {
  return text === "" ? "" : ` ${text}`
}

function code(name) {
  return `<code dir="ltr" translate="no">${name}</code>`
}

function leaving(catalogue) {
  return Object.fromEntries(["leave.skip", "leave.link", "leave.now"].map((key) => [key, catalogue[key]]))
}

function nameOf(language) {
  return language === "en" ? "stored" : `stored-${language}`
}

function directionOf(language) {
  return language === "ar" ? "rtl" : "ltr"
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\"", "&quot;")
}

function from(name) {
  return new URL(`vault/stored/${name}`, import.meta.url)
}
