// Lighthouse's four scores of one page, as a line of JSON: node scores.mjs <address> <chromium>
import lighthouse from "lighthouse"
import { launch } from "chrome-launcher"

const [address, chromePath] = process.argv.slice(2)

/** The pages ask not to be listed, so that no search shows somebody's visit; the rest of the category is measured. docs/benchmarks.md. */
const excluded = ["is-crawlable"]

const chrome = await launch({ chromePath, chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"] })
try {
  const result = await lighthouse(address, { port: chrome.port, output: "json", logLevel: "error", skipAudits: excluded })
  const { categories, audits } = result.lhr
  const lost = Object.values(categories).flatMap((category) => category.auditRefs)
    .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 0.9).map(({ id }) => id)
  console.log(JSON.stringify({
    scores: Object.fromEntries(Object.values(categories).map(({ id, score }) => [id, score])),
    lost: [...new Set(lost)],
    failed: result.lhr.runtimeError?.message ?? Object.values(audits).find(({ errorMessage }) => errorMessage !== undefined)?.errorMessage ?? null,
    interactive_ms: Math.round(audits["interactive"].numericValue),
    blocking_ms: Math.round(audits["total-blocking-time"].numericValue),
  }))
} finally {
  chrome.kill()
}
