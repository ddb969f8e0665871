import assert from "node:assert/strict"
import { execFile, execFileSync } from "node:child_process"
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { availableParallelism, tmpdir } from "node:os"
import { join } from "node:path"
import { test } from "node:test"
import { readPackage } from "../core/evidence-package.js"
import { verdictOf, type Verdict } from "../core/evidence-verdict.js"
import { parsePolicy } from "../core/tlog-policy.js"
import { casesOf, policy, said, type Case } from "./evidence-cases.js"
import { TestAuthority } from "./test-authority.js"

const authority = new TestAuthority()
const cases = casesOf(authority)
authority.close()

async function verdict(bytes: Uint8Array, believes: "policy" | "package"): Promise<Verdict> {
  const source = { size: bytes.length, read: async (from: number, to: number) => bytes.slice(from, to) }
  return verdictOf(await readPackage(source), believes === "policy" ? parsePolicy(policy) : null)
}

test("what was made matches, and each way to tamper is named with its part", async () => {
  const names = new Set<string>()
  for (const one of cases) {
    assert.ok(!names.has(one.name), `two cases: ${one.name}`)
    names.add(one.name)
    const found = await verdict(one.bytes, one.believes)
    assert.deepEqual(found.kind === "does-not-match" ? found.findings.map(said).sort() : [], [...one.findings].sort(), one.name)
    if (one.findings.length === 0) assert.equal(found.kind, one.believes === "policy" ? "matches" : "own", one.name)
  }
})

/** The tools that the script names at its beginning, and no others. */
const tools = ["sh", "age", "awk", "cat", "cmp", "cut", "date", "dirname", "find", "grep", "head", "mktemp", "od", "openssl", "rm", "sed", "sha256sum", "sort", "tail", "tr", "uniq", "unzip", "wc"]

test("standard tools in a bare shell give the same verdict", async () => {
  const folder = mkdtempSync(join(tmpdir(), "bare-"))
  for (const tool of tools) symlinkSync(execFileSync("sh", ["-c", `command -v ${tool}`], { encoding: "utf8" }).trim(), join(folder, tool))
  writeFileSync(join(folder, "policy.txt"), policy)
  const left = cases.entries()
  await Promise.all(Array.from({ length: availableParallelism() }, async () => {
    for (const [n, one] of left) await inBareShell(folder, n, one)
  }))
  rmSync(folder, { recursive: true })
})

async function inBareShell(folder: string, n: number, one: Case): Promise<void> {
  writeFileSync(join(folder, `${n}.zip`), one.bytes)
  const believed = one.believes === "policy" ? ["-p", join(folder, "policy.txt")] : []
  const { status, stdout, stderr } = await run("/usr/bin/env", ["-i", `PATH=${folder}`, join(folder, "sh"), "core/check.sh", ...believed, join(folder, `${n}.zip`)])
  const found = [...stdout.matchAll(/^DOES NOT MATCH: (.*)$/gm)].map(([, text]) => text ?? "")
  assert.deepEqual(found.sort(), [...one.findings].sort(), `${one.name}: ${stdout}${stderr}`)
  assert.equal(status, one.findings.length > 0 ? 1 : one.believes === "policy" ? 0 : 4, `${one.name}: ${stdout}${stderr}`)
  assert.equal(stderr, "", one.name)
}

function run(program: string, args: readonly string[]): Promise<{ readonly status: number, readonly stdout: string, readonly stderr: string }> {
  return new Promise((resolve) => execFile(program, args, (error, stdout, stderr) => resolve({ status: Number(error?.code ?? 0), stdout, stderr })))
}
