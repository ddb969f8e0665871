import { clean, fold } from "./plain-text.js"
import { fromPunycode, toPunycode } from "./punycode.js"

/**
 * The domain of clean text, in lower-case A-labels. spec/identifiers.md, section 3.
 *
 * @returns `null` if no such domain can exist.
 */
export function domainOf(text: string): string | null {
  const labels = text.replaceAll("。", ".").split(".")
  if (labels.length > 1 && labels.at(-1) === "") labels.pop()
  if (labels.length < 2 || labels.length > 127) return null
  const canonical: string[] = []
  for (const label of labels) {
    const one = aLabelOf(label)
    if (one === null) return null
    canonical.push(one)
  }
  const domain = canonical.join(".")
  return domain.length <= 253 && /(^|\.)(xn--[^.]+|[a-z]{2,})$/.test(domain) ? domain : null
}

function aLabelOf(label: string): string | null {
  let folded: string | null = fold(label)
  if (folded.startsWith("xn--")) {
    const decoded = fromPunycode(folded.slice(4))
    const cleaned = decoded === null ? null : clean(decoded)
    folded = cleaned === null ? null : fold(cleaned)
  }
  if (folded === null || folded.length > 63 || folded.startsWith("xn--")) return null
  // Letters and digits; marks and hyphens not at the edge; the few signs that some scripts put between letters.
  if (!/^[\p{L}\p{M}\p{Nd}\-·͵׳״・]+$/u.test(folded) || /^[\p{M}-]|-$/u.test(folded)) return null
  const ascii = /^\p{ASCII}*$/u.test(folded) ? folded : `xn--${toPunycode(folded)}`
  return ascii.length <= 63 ? ascii : null
}
