// How long a browser takes to check a proof: node proof-speed.mjs FILE, where FILE is what the benchmark of the log wrote. docs/benchmarks.md.
import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const { outputFiles } = await build({
  bundle: true, write: false, format: "iife",
  stdin: {
    resolveDir: fileURLToPath(new URL(".", import.meta.url)), loader: "ts",
    contents: `
      import { fromHex } from "./core/bytes.js"
      import { nodeHash } from "./core/merkle.js"
      import { parsePolicy } from "./core/tlog-policy.js"
      import { isIncluded, parseProof, shownBy } from "./core/tlog-proof.js"
      const { entry, proof, policy } = ${readFileSync(process.argv[2], "utf8")}
      const [bytes, rules] = [fromHex(entry, 34)!, parsePolicy(policy)!]
      const held = parseProof(proof)!
      if (!isIncluded(held, bytes) || typeof shownBy(held, rules) === "string") throw new Error("The proof does not hold.")
      /** Milliseconds for one, in the fastest round: other programs only make it slower. A browser's clock is coarse, so that a round has many. */
      function time(what: () => void, many: number): number {
        const rounds = Array.from({ length: 15 }, () => {
          const began = performance.now()
          for (let n = 0; n < many; n += 1) what()
          return (performance.now() - began) / many
        })
        return Math.min(...rounds)
      }
      document.body.textContent = JSON.stringify({
        leaves: String(held.checkpoint.size), hashes: held.hashes.length, bytes: proof.length,
        hash_ms: time(() => nodeHash(held.hashes[0]!, held.hashes[1]!), 2000), inclusion_ms: time(() => isIncluded(held, bytes), 200),
        whole_ms: time(() => { const one = parseProof(proof)!; isIncluded(one, bytes); shownBy(one, rules) }, 5),
      })`,
  },
})
const folder = mkdtempSync(join(tmpdir(), "proof-speed-"))
const page = join(folder, "page.html")
writeFileSync(page, `<!doctype html><meta charset="utf-8"><body></body><script>${outputFiles[0].text}</script>`)
const shown = execFileSync("chromium", ["--headless", "--no-sandbox", "--disable-gpu", `--user-data-dir=${folder}`, "--dump-dom", page], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })
rmSync(folder, { recursive: true })
const found = JSON.parse(/<body>(\{.*?\})/.exec(shown)[1])
console.log("| what | figure |\n|---|---|")
console.log(`| a proof of ${Number(found.leaves).toLocaleString("en")} leaves: hashes on its path | ${found.hashes} |`)
console.log(`| its size, with the log's signature and three cosignatures | ${found.bytes} bytes |`)
console.log(`| one SHA-256 of two hashes in this browser | ${(found.hash_ms * 1000).toFixed(1)} µs |`)
console.log(`| the path from entry to root | ${(found.inclusion_ms * 1000).toFixed(0)} µs, of ${found.hashes + 1} bare hashes ${(100 * (found.hashes + 1) * found.hash_ms / found.inclusion_ms).toFixed(0)} % |`)
console.log(`| all of it: read, path, four Ed25519 signatures, the policy's quorum | ${found.whole_ms.toFixed(1)} ms |`)
