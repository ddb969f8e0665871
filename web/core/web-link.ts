import { domainOf } from "./domain-name.js"
import { clean, percentDecoded, percentEncoded } from "./plain-text.js"

/** The address of a page, taken apart and decoded. spec/identifiers.md, section 6. */
export interface WebLink {
  readonly host: string
  /** Without the defaults 80 and 443. */
  readonly port: number | null
  readonly segments: readonly string[]
  readonly query: readonly (readonly [string, string])[]
}

// Set by advertisers, senders of newsletters and share buttons; they say who passed the link on.
const tracking = new Set([
  "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "mc_cid", "mc_eid", "igsh", "igshid", "yclid", "twclid",
  "ttclid", "li_fat_id", "mibextid", "mkt_tok", "vero_id", "oly_anon_id", "oly_enc_id", "_hsenc", "_hsmi", "_ga", "_gl", "ref_src", "ref_url", "si",
])

/** The address in clean text, or why it is none. */
export function linkOf(text: string): WebLink | "not-a-link" | "no-domain" {
  const bare = text.startsWith("<") && text.endsWith(">") ? text.slice(1, -1) : text
  const match = /^(?:https?:)?\/\/(.*)$/i.exec(bare)
  if (match === null && /^[a-z][a-z0-9+.-]*:\/\//i.test(bare)) return "not-a-link"

  const [whole = ""] = (match?.[1] ?? bare).split("#")
  const [beforeQuery, queryText] = cut(whole, "?")
  const [authority, path] = cut(beforeQuery, "/")
  const [name, portText] = cut(authority, ":")
  const [port, segments, query] = [portOf(portText), segmentsOf(path), pairsOf(queryText)]
  if (authority.includes("@") || port === "wrong" || segments === null || query === null) return "not-a-link"

  const host = domainOf(name)
  return host === null ? "no-domain" : { host, port, segments, query }
}

/** The canonical form: no scheme, no www, no tracking, pairs in order. */
export function canonicalLink(link: WebLink): string {
  let host = link.host
  while (/^www\.[^.]+\./.test(host)) host = host.slice(4)
  const port = link.port === null ? "" : `:${link.port}`
  const path = link.segments.map((segment) => `/${percentEncoded(segment)}`).join("")
  const pairs = link.query
    .filter(([name]) => !tracking.has(name.toLowerCase()) && !/^utm_/i.test(name))
    .map(([name, value]) => percentEncoded(name) + (value === "" ? "" : `=${percentEncoded(value)}`))
    .sort()
  return host + port + path + (pairs.length === 0 ? "" : `?${pairs.join("&")}`)
}

function cut(text: string, at: string): [string, string] {
  const i = text.indexOf(at)
  return i < 0 ? [text, ""] : [text.slice(0, i), text.slice(i + 1)]
}

function portOf(text: string): number | null | "wrong" {
  if (text === "") return null
  const port = /^[0-9]{1,5}$/.test(text) ? Number(text) : 0
  if (port < 1 || port > 65_535) return "wrong"
  return port === 80 || port === 443 ? null : port
}

function segmentsOf(path: string): string[] | null {
  const segments: string[] = []
  for (const raw of path.split("/")) {
    const segment = decoded(raw)
    if (segment === null) return null
    if (segment === "..") segments.pop()
    else if (segment !== "" && segment !== ".") segments.push(segment)
  }
  return segments
}

function pairsOf(query: string): [string, string][] | null {
  const pairs: [string, string][] = []
  for (const raw of query.replaceAll("+", " ").split("&")) {
    const [name, value] = cut(raw, "=").map(decoded) as [string | null, string | null]
    if (name === null || value === null) return null
    if (name !== "") pairs.push([name, value])
  }
  return pairs
}

function decoded(raw: string): string | null {
  const text = percentDecoded(raw)
  return text === null ? null : clean(text)
}
