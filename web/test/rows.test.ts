import assert from "node:assert/strict"
import { readFileSync, readdirSync } from "node:fs"
import { basename } from "node:path"
import { test } from "node:test"

test("each row of what is promised names tests that are there", () => {
  const there = new Set(["../tests", "test"].flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" })).map((path) => basename(path).replace(/\.cs$/, "")))
  const rows = readFileSync("../docs/rows.md", "utf8").split("\n").filter((line) => /^\| [A-Z–]/.test(line) && !line.startsWith("| Row"))
  assert.ok(rows.length > 30)
  for (const row of rows) {
    const named = [...(row.split("|")[3] ?? "").matchAll(/`([\w.-]+)`/g)].map(([, name]) => name ?? "")
    assert.ok(named.length > 0, row)
    for (const name of named) assert.ok(there.has(name), `${name} of: ${row}`)
  }
})
