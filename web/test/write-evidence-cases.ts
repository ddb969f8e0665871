import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { casesOf, policy } from "./evidence-cases.js"
import { TestAuthority } from "./test-authority.js"

// For the tests in C#: every case as a file, and what must be said of each.
const [, , folder] = process.argv
if (folder !== undefined) write(folder) // The runner of our own tests starts every file beside them.

function write(folder: string): void {
  const authority = new TestAuthority()
  mkdirSync(folder, { recursive: true })
  const cases = casesOf(authority).map(({ name, bytes, believes, findings }, n) => {
    writeFileSync(join(folder, `${n}.zip`), bytes)
    return { name, file: `${n}.zip`, believes, findings }
  })
  writeFileSync(join(folder, "policy.txt"), policy)
  writeFileSync(join(folder, "authority.pem"), authority.root)
  writeFileSync(join(folder, "cases.json"), JSON.stringify(cases))
  authority.close()
}
