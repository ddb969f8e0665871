import { writeFileSync } from "node:fs"
import { test } from "node:test"
import { check, type Written } from "./twins.js"
import { readVectors } from "./vectors.js"
import { write } from "./write-twins.js"

test("a new conversation is right in every part", async () => {
  const written = await write()
  if (process.env["WETOO_WRITE_VECTORS"] === "1") {
    writeFileSync("../spec/vectors/from-typescript/messages.json", `${JSON.stringify(written, null, 2)}\n`)
  }
  await check(written)
})

for (const folder of ["from-csharp", "from-typescript"]) {
  test(`a conversation written down is right too: ${folder}`, async () => {
    await check(readVectors(`${folder}/messages.json`) as Written)
  })
}
