// What the build says about its own files: which bytes they have, and whose work is in them.
import { createHash } from "node:crypto"
import { readFile, readdir } from "node:fs/promises"

/** Subresource integrity of a file. */
export async function sriOf(path) {
  return `sha256-${hash(await readFile(path), "base64")}`
}

/**
 * The page with the integrity of its style and of every script. An import map says that of the scripts that are loaded later; since it stands
 * in the page, the vault names its hash in the page's policy.
 */
export async function withIntegrity(html, folder, scripts, styles = folder) {
  const entry = /<script type="module" src="\/([^"]+)">/.exec(html)?.[1]
  const imported = await importedAtOnce(folder, entry)
  const integrity = Object.fromEntries(await Promise.all(scripts.map(async (name) => [`/${name}`, await sriOf(`${folder}/${name}`)])))
  const preloads = imported.map((name) => `<link rel="modulepreload" href="/${name}" integrity="${integrity[`/${name}`]}">\n`).join("")
  return html
    .replace('<link rel="stylesheet" href="/style.css">', `<link rel="stylesheet" href="/style.css" integrity="${await sriOf(`${styles}/style.css`)}">`)
    .replace(`<script type="module" src="/${entry}">`, `<script type="importmap">${JSON.stringify({ integrity })}</script>\n${preloads}`
      + `<script type="module" src="/${entry}" integrity="${integrity[`/${entry}`]}">`)
}

/** A page with its style and its script in it, and the policy that allows these two and nothing else: it loads nothing, and asks nobody anything. */
export function wholePage(html, style, script) {
  const policy = `default-src 'none'; script-src 'sha256-${hash(script, "base64")}'; style-src 'sha256-${hash(style, "base64")}'; img-src data:; form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'`
  const parts = { policy, style, script }
  return html.replace(/\{\{(policy|style|script)\}\}/g, (_, name) => parts[name])
}

/** The scripts that a script imports before it runs, directly or not. */
async function importedAtOnce(folder, entry) {
  const found = new Set([entry])
  for (const name of found) {
    for (const [, a, b] of (await readFile(`${folder}/${name}`, "utf8")).matchAll(/^(?:import|export)[^;]*?from "\.\/([^"]+)"|^import "\.\/([^"]+)"/gm)) found.add(a ?? b)
  }
  found.delete(entry)
  return [...found]
}

/** A name for these files with this content. */
export async function releaseOf(folder, names) {
  const release = createHash("sha256")
  for (const name of names) release.update(name).update(await readFile(`${folder}/${name}`))
  return release.digest("hex").slice(0, 16)
}

/** Every file that is served, but this list itself: where, how long, and its hashes. */
export async function listOf(folder) {
  const files = await Promise.all((await readdir(folder)).sort().map(async (name) => {
    const bytes = await readFile(`${folder}/${name}`)
    return { path: name === "index.html" ? "/" : name.endsWith(".html") ? `/${name.slice(0, -".html".length)}` : `/${name}`, size: bytes.length, sha256: hash(bytes, "hex") }
  }))
  return `${JSON.stringify({ format: "files/1", files }, null, 1)}\n`
}

/** The licences of all packages that a bundle took something from. */
export async function licencesOf(inputs, folder) {
  const names = new Set([...inputs].flatMap((input) => (input === "core/numbering-plans.ts" ? "libphonenumber-js" : /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? [])))
  const texts = await Promise.all([...names].sort().map(async (name) => {
    const root = `${folder}/node_modules/${name}`
    const { version, license } = JSON.parse(await readFile(`${root}/package.json`, "utf8"))
    const file = (await readdir(root)).filter((file) => /^licen[cs]e/i.test(file)).sort()
    const text = (await Promise.all(file.map((one) => readFile(`${root}/${one}`, "utf8")))).join("\n")
    if (text === "") throw new Error(`${name} comes without the text of its licence`)
    return `${name} ${version} (${license})\n\n${text.trim()}\n`
  }))
  return `These pages are free software: AGPL-3.0-or-later.\nThey hold parts of the works below, each under its own licence.\n\n${texts.join(`\n${"-".repeat(78)}\n\n`)}`
}

function hash(bytes, encoding) {
  return createHash("sha256").update(bytes).digest(encoding)
}
