// Builds the pages of the private side into the Vault's wwwroot. The same sources give the same bytes: nothing is
// minified, and the names of chunks come from what is in them.
import { cp, mkdir, rm } from "node:fs/promises"
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
