// Writes core/numbering-plans.ts from the metadata of libphonenumber-js: what it takes to give a number its one spelling,
// and no more. docs/adr/0045. Run `npm run plans` after an update of the package.
import { writeFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import metadata from "libphonenumber-js/metadata.max.json"

/** The fields of a plan in the package's metadata. */
const [callingCode, abroad, pattern, lengths, formats, prefix, prefixPattern, prefixRule] = [0, 1, 2, 3, 4, 5, 7, 8]

export function plansText() {
  const rows = Object.entries(metadata.country_calling_codes).flatMap(([code, regions]) => regions.map((region) => [region, code, metadata.countries[region]]))
  const beyond = Object.entries(metadata.nonGeographic).map(([code, plan]) => ["", code, plan])
  const lines = [...rows, ...beyond].map(([region, code, plan]) => {
    if (plan[callingCode] !== code) throw new Error(`${region} is listed under another code`)
    return JSON.stringify([
      region, code, plan[abroad] || "", plan[pattern], plan[lengths], plan[prefixPattern] || plan[prefix] || "", plan[prefixRule] || "", (plan[formats] || []).flatMap(shownAbroad),
    ])
  })
  return `import type { Plan } from "./phone.js"

/** The numbering plans of the world, the main country of a calling code first. Written by numbering-plans.mjs from libphonenumber's metadata (Apache-2.0). */
export const plans: readonly Plan[] = [
${lines.map((line) => `  ${line},\n`).join("")}]
`
}

/** How a number is written for foreigners: its groups, how they stand, and with which digits it begins. */
function shownAbroad([groups, atHome, beginnings, , , abroad]) {
  return abroad === "NA" ? [] : [[groups, (abroad || atHome).replace(/[^$0-9]+/g, " ").trim(), beginnings?.at(-1) ?? ""]]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(fileURLToPath(new URL("core/numbering-plans.ts", import.meta.url)), plansText())
