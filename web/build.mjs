// Builds the pages of the private side into the Vault's wwwroot. The same sources give the same bytes: nothing is
// minified, and the names of chunks come from what is in them.
import { createHash } from "node:crypto"
import { cp, mkdir, readFile, readdir, rm } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const from = (path) => fileURLToPath(new URL(path, import.meta.url))
const wwwroot = process.argv[2] ?? from("../src/WeToo.Vault/wwwroot")

const common = {
  absWorkingDir: from("."),
  bundle: true,
  charset: "utf8",
  format: "esm",
  legalComments: "none",
  outdir: wwwroot,
  target: "es2022",
}

await rm(wwwroot, { recursive: true, force: true })
await mkdir(wwwroot, { recursive: true })
await build({ ...common, entryPoints: ["vault/app.ts", "vault/desk.ts"], splitting: true, chunkNames: "[name]-[hash]" })
await build({ ...common, entryPoints: ["vault/argon2-worker.ts"] })
for (const name of ["index.html", "desk.html", "style.css", "icon.svg"]) await cp(from(`vault/${name}`), `${wwwroot}/${name}`)

// What an author may need without a network: every file but the desk's own. A release is named by what is in it.
const files = (await readdir(wwwroot)).filter((name) => !name.startsWith("desk.")).sort()
const release = createHash("sha256")
for (const name of files) release.update(name).update(await readFile(`${wwwroot}/${name}`))
await build({
  ...common,
  entryPoints: ["vault/sw.ts"],
  define: {
    FILES: JSON.stringify(files.map((name) => (name === "index.html" ? "/" : `/${name}`))),
    RELEASE: JSON.stringify(release.digest("hex").slice(0, 16)),
  },
})
