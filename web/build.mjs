// Builds the pages of the private side into the Vault's wwwroot. The same sources give the same bytes: nothing is
// minified, and the names of chunks come from what is in them. Each page names the SHA-256 of every script it may ever
// load, so that a page that is the right one loads the right ones. docs/adr/0046.
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { brotliCompress, gzip } from "node:zlib"
import { build } from "esbuild"
import { messages, withTexts } from "./build-messages.mjs"
import { deskParts, parts, partsWithTexts, quiet, together } from "./build-parts.mjs"
import { storedPages } from "./build-stored.mjs"
import { deskKeys, keysOfDeskParts, keysOfParts } from "./build-texts.mjs"
import { listOf, licencesOf, releaseOf, sriOf, withIntegrity, wholePage } from "./build-integrity.mjs"

const from = (path) => fileURLToPath(new URL(path, import.meta.url))
const wwwroot = process.argv[2] ?? from("../src/WeToo.Vault/wwwroot")
const inputs = new Set()

await rm(wwwroot, { recursive: true, force: true })
await mkdir(wwwroot, { recursive: true })

const author = await bundle("vault/app.ts", "[name]-[hash]", { needed: (key) => !/^(desk|clocks|recuse|verify|noscript)\.|^refused\.(check-missing|contact-frozen|stand-in-missing)$/.test(key), ofParts: await keysOfParts(), parts: [together(parts, partsWithTexts)] })
const keysOfDesk = await deskKeys()
const desk = await bundle("vault/desk.ts", "desk-[name]-[hash]", { needed: (key) => keysOfDesk.has(key), ofParts: await keysOfDeskParts(), parts: [together(deskParts)] })
const worker = await bundle("vault/argon2-worker.ts")
await writeFile(`${wwwroot}/style.css`, await styled("vault/style.css"))
await cp(from("vault/icon.svg"), `${wwwroot}/icon.svg`)
await writeFile(`${wwwroot}/index.html`, await withIntegrity(await withTexts(await readFile(from("vault/index.html"), "utf8")), wwwroot, author))
await writeFile(`${wwwroot}/desk.html`, await withIntegrity(await withTexts(await readFile(from("vault/desk.html"), "utf8")), wwwroot, desk))
await writeFile(`${wwwroot}/verify.html`, await pageOfItsOwn())
for (const [name, page] of Object.entries(await storedPages(wwwroot))) await writeFile(`${wwwroot}/${name}`, page)

// What an author may need without a network. A release is named by what is in it.
const offline = ["index.html", ...author, ...worker, "style.css", "icon.svg"].sort()
await bundle("vault/sw.ts", "[name]-[hash]", { define: {
  FILES: JSON.stringify(Object.fromEntries(await Promise.all(offline.map(async (name) => [name === "index.html" ? "/" : `/${name}`, await sriOf(`${wwwroot}/${name}`)])))),
  RELEASE: JSON.stringify(await releaseOf(wwwroot, offline)),
} })
const whole = process.argv[2] === undefined
if (whole) {
  await buildWorkbench(from("../artifacts/workbench"))
  await buildVoices(from("../src/WeToo.Voices/wwwroot"))
}
await writeFile(`${wwwroot}/licences.txt`, await licencesOf(inputs, from(".")))
await writeFile(`${wwwroot}/files.json`, await listOf(wwwroot))
if (whole) await compress([wwwroot, from("../artifacts/workbench")], from("../artifacts/compressed"))

/** Bundles one entry, with the parts it loads later beside it; answers the names of all files. */
async function bundle(entry, chunkNames, { define = {}, needed = () => true, ofParts, parts = [], outdir = wwwroot } = {}) {
  const { metafile } = await build({
    absWorkingDir: from("."),
    alias: { "@formatjs/icu-messageformat-parser": "@formatjs/icu-messageformat-parser/no-parser.js" },
    bundle: true,
    charset: "utf8",
    define,
    entryPoints: [entry],
    format: "esm",
    legalComments: "none",
    loader: { ".sh": "text" },
    metafile: true,
    outdir,
    plugins: [messages(needed, ofParts), quiet, ...parts],
    target: "es2022",
    ...(chunkNames === undefined ? {} : { chunkNames, splitting: true }),
  })
  for (const input of Object.keys(metafile.inputs)) inputs.add(input)
  return Object.keys(metafile.outputs).map((path) => path.split("/").at(-1)).sort()
}

/** A style sheet with the tokens of both sides before it. */
async function styled(path) {
  return await readFile(from("tokens.css"), "utf8") + "\n" + await readFile(from(path), "utf8")
}

/** The public side: its pages come from the server, and each island of script is a file of its own. */
async function buildVoices(outdir) {
  await rm(outdir, { recursive: true, force: true })
  await mkdir(outdir, { recursive: true })
  for (const name of await readdir(from("voices"))) {
    if (name.endsWith(".css")) await writeFile(`${outdir}/${name}`, await styled(`voices/${name}`))
    if (name.endsWith(".svg")) await cp(from(`voices/${name}`), `${outdir}/${name}`)
    if (name.endsWith(".ts")) await build({ absWorkingDir: from("."), bundle: true, charset: "utf8", entryPoints: [`voices/${name}`], format: name === "embed.ts" ? "iife" : "esm", legalComments: "none", outdir, target: "es2022" })
  }
}

/** The page that checks packages: everything it needs stands in it, so that it works as a file too. */
async function pageOfItsOwn() {
  const outdir = from("../artifacts/verify")
  await bundle("vault/verify/verify.ts", undefined, { outdir, needed: (key) => /^(verify|leave|page|addenda|title|language)(\.|$)/.test(key) })
  return wholePage(await withTexts(await readFile(from("vault/verify.html"), "utf8")), await styled("vault/style.css"), await readFile(`${outdir}/verify.js`, "utf8"))
}

/** Each file as it travels, so that no vault spends its start on what is the same for all. */
async function compress(folders, outdir) {
  await rm(outdir, { recursive: true, force: true })
  await mkdir(outdir, { recursive: true })
  const files = (await Promise.all(folders.map(async (folder) => (await readdir(folder)).map((name) => ({ name, path: `${folder}/${name}` }))))).flat()
  await Promise.all(files.map(async ({ name, path }) => {
    const bytes = await readFile(path)
    await writeFile(`${outdir}/${name}.br`, await promisify(brotliCompress)(bytes))
    await writeFile(`${outdir}/${name}.gz`, await promisify(gzip)(bytes, { level: 9 }))
  }))
}

/** The page that shows every part of the pages in each of its states: it is beside a release, not in it. */
async function buildWorkbench(outdir) {
  await rm(outdir, { recursive: true, force: true })
  const scripts = await bundle("workbench/workbench.ts", "workbench-[name]-[hash]", { outdir })
  await writeFile(`${outdir}/style.html`, await withIntegrity(await withTexts(await readFile(from("workbench/style.html"), "utf8")), outdir, scripts, wwwroot))
}
