import { domainOf } from "./domain-name.js"
import { findHandle, findLink, isHandleOrLink, numberInLink, type Found } from "./handles.js"
import { asciiDigits, clean, fold, isWord, percentDecoded } from "./plain-text.js"
import { platformNamed } from "./platforms.js"

/** The ways to say who a person is that two people can say alike. Never a name. */
export type IdentifierType = "tel" | "email" | "handle" | "url" | "member"

/** Why a text is no identifier, so that the screen can say what to type instead. spec/identifiers.md, section 9. */
export type IdentifierHelp =
  | "empty" | "too-long" | "not-text" | "no-country" | "not-a-number" | "extension" | "no-domain" | "not-an-address" | "no-platform"
  | "no-handle" | "not-a-handle" | "not-a-profile" | "share-link" | "not-a-link" | "no-organisation" | "not-recognised"

/** One way to say who the accused is, in its one canonical spelling. */
export interface Identifier {
  readonly type: IdentifierType
  readonly value: string
  /** `type:value`, which is hashed. */
  readonly canonical: string
}

export interface Refused {
  readonly help: IdentifierHelp
}

/** What a text alone may not say. */
export interface Besides {
  /** ISO 3166 code of the country of a number without +. */
  readonly region?: string | null
  /** The operator's word for the organisation of a member. */
  readonly organisation?: string | null
}

/** An identifier in plain words: platform and name, a number with its spaces. */
export interface ReadBack {
  readonly platform: string | null
  readonly text: string
  /** Another identifier that may be the same person's, to be offered and never taken silently. */
  readonly also: Identifier | null
}

const types: readonly IdentifierType[] = ["tel", "email", "handle", "url", "member"]

/**
 * Reads a text as an identifier of a kind: spec/identifiers.md. A link of a known platform becomes a handle, a link that holds
 * a number a tel, and any other a url, whether `handle` or `url` was asked for. Loads the phone numbers of the world only when
 * there is a number to read.
 */
export async function parseIdentifier(type: IdentifierType, text: string, besides: Besides = {}): Promise<Identifier | Refused> {
  const cleaned = cleanOf(text)
  if (typeof cleaned !== "string") return cleaned
  if (type === "tel") return readNumber(cleaned, besides.region ?? null)
  if (type === "email") return readAddress(cleaned)
  if (type === "member") return readMember(cleaned, besides.organisation ?? null)
  return readFound(type === "handle" ? findHandle(cleaned) : findLink(cleaned))
}

/** Reads a text whose kind is not known: a number, an address, a link or a handle, never a member number. */
export async function detectIdentifier(text: string, region: string | null): Promise<Identifier | Refused> {
  const cleaned = cleanOf(text)
  if (typeof cleaned !== "string") return cleaned
  const digits = asciiDigits(cleaned)
  if (/^(tel|sms|callto):|^[-+0-9 .()[\]/·•‐‒–—―−ー]*[0-9][-+0-9 .()[\]/·•‐‒–—―−ー]+$/i.test(digits)) return readNumber(cleaned, region)
  if (/^mailto:|<[^<>@/]+@[^<>@/]+>$|^[^@:/][^@:/]*@[^@/]*$/i.test(digits)) return readAddress(cleaned)
  return isHandleOrLink(cleaned) ? readFound(findHandle(cleaned)) : { help: "not-recognised" }
}

/** The identifier that a canonical form stands for; `null` if the text is not exactly one. */
export async function fromCanonical(canonical: string): Promise<Identifier | null> {
  const type = types.find((one) => canonical.startsWith(`${one}:`))
  if (type === undefined) return null
  const found = await parseIdentifier(type, canonical.slice(type.length + 1))
  return "canonical" in found && found.canonical === canonical ? found : null
}

/** The parts of an identifier in plain words. */
export async function readBack({ type, value }: Identifier): Promise<ReadBack> {
  const colon = value.indexOf(":")
  const [before, after] = [value.slice(0, colon), value.slice(colon + 1)]
  if (type === "tel") return { platform: null, text: (await import("./phone.js")).spaced(value), also: null }
  if (type === "member") return { platform: null, text: `${before} ${after}`, also: null }
  if (type === "handle") {
    return { platform: platformNamed(before)?.title ?? before, text: after, also: before === "threads" ? identifier("handle", `instagram:${after}`) : null }
  }
  const untagged = type === "email" ? value.replace(/^([^+@]+)\+[^@]*@/, "$1@") : value
  return { platform: null, text: value, also: untagged === value ? null : identifier(type, untagged) }
}

function identifier(type: IdentifierType, value: string): Identifier {
  return { type, value, canonical: `${type}:${value}` }
}

function cleanOf(text: string): string | Refused {
  if (text.length > 2048) return { help: "too-long" }
  const cleaned = clean(text)
  if (cleaned === null) return { help: "not-text" }
  return cleaned === "" ? { help: "empty" } : cleaned
}

async function readFound(found: Found): Promise<Identifier | Refused> {
  if ("handle" in found) return identifier("handle", found.handle)
  if ("url" in found) return identifier("url", found.url)
  return "number" in found ? readNumber(found.number, null) : found
}

async function readNumber(text: string, region: string | null): Promise<Identifier | Refused> {
  const written = withoutScheme(asciiDigits(numberInLink(text) ?? text))
  if (/[0-9)] ?(,|;|#|x|ext\.?|extn\.?|extension|;ext=|poste)[ .:]*[0-9]{1,7}$/i.test(written)) return { help: "extension" }
  const digits = written.replace(/[ .()[\]/·•‐‒–—―−ー-]/g, "")
  if (!/^\+?[0-9]+$/.test(digits) || digits.length < 2) return { help: "not-a-number" }

  const { e164 } = await import("./phone.js")
  const number = e164(digits, region)
  return typeof number === "string" ? identifier("tel", number) : number
}

function withoutScheme(text: string): string {
  const match = /^(?:tel|sms|callto):(.*)$/i.exec(text)
  if (match === null) return text
  const rest = match[1] ?? ""
  if (/;ext=/i.test(rest)) return rest
  return rest.replace(/[;?].*$/, "").replaceAll("%20", " ").replace(/%2B/gi, "+")
}

function readAddress(text: string): Identifier | Refused {
  const address = addressIn(text)
  if (address === null) return { help: "not-an-address" }
  const at = address.indexOf("@")
  if (at < 0) return { help: "no-domain" }

  let [local, rest] = [fold(address.slice(0, at)), address.slice(at + 1)]
  if (local === "" || !isWord(local.replace(/[.!#$%&'*+\-/=?^_`{|}~]/g, "")) || /[@ ]/.test(rest)) return { help: "not-an-address" }
  let domain = domainOf(rest)
  if (domain === null) return { help: "no-domain" }
  if (domain === "gmail.com" || domain === "googlemail.com") {
    // Google documents that these spellings reach one mailbox. No other provider's rule is applied.
    local = local.replace(/\+.*$/, "").replaceAll(".", "")
    domain = "gmail.com"
    if (local === "") return { help: "not-an-address" }
  }
  const size = new TextEncoder().encode(local).length
  return size > 64 || size + domain.length > 253 ? { help: "too-long" } : identifier("email", `${local}@${domain}`)
}

/** What is left of a display name with brackets, of a mailto link and of a sentence's last sign. */
function addressIn(text: string): string | null {
  const [open, close] = [text.lastIndexOf("<"), text.lastIndexOf(">")]
  let address: string | null = open >= 0 && close > open ? text.slice(open + 1, close) : text
  if (/^mailto:/i.test(address)) {
    const decoded = percentDecoded(address.slice(7).replace(/\?.*$/, ""))
    address = decoded === null ? null : clean(decoded)
  }
  return address?.trim().replace(/[,;]+$/, "") ?? null
}

function readMember(text: string, given: string | null): Identifier | Refused {
  const colon = text.indexOf(":")
  const [written, rest] = given === null && colon > 0 ? [text.slice(0, colon), text.slice(colon + 1)] : [given, text]
  const organisation = fold(clean(written ?? "") ?? "")
  if (!/^[a-z0-9-]{1,64}$/.test(organisation)) return { help: "no-organisation" }

  const number = fold(asciiDigits(rest).replace(/[ ./_‐‒–—―−-]/g, ""))
  if (number === "") return { help: "empty" }
  if (number.length > 64) return { help: "too-long" }
  return isWord(number) ? identifier("member", `${organisation}:${number.replace(/[a-z]/g, (c) => c.toUpperCase())}`) : { help: "not-a-number" }
}
