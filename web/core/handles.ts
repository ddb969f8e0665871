import { domainOf } from "./domain-name.js"
import { fold, isWord } from "./plain-text.js"
import { platformNamed, platformOf, type Platform } from "./platforms.js"
import { canonicalLink, linkOf, type WebLink } from "./web-link.js"

/** What a text on a platform or a link came to: a handle, a page, a telephone number still to be read, or why none. */
export type Found =
  | { readonly handle: string }
  | { readonly url: string }
  | { readonly number: string }
  | { readonly help: "no-platform" | "no-handle" | "not-a-handle" | "not-a-profile" | "share-link" | "not-a-link" | "no-domain" | "too-long" }

const shareHosts = new Set([
  "vm.tiktok.com", "vt.tiktok.com", "lnkd.in", "fb.me", "fb.watch", "youtu.be", "t.co", "redd.it", "t.snapchat.com", "l.facebook.com", "lm.facebook.com",
  "l.instagram.com", "bit.ly", "tinyurl.com", "goo.gl", "is.gd", "ow.ly", "buff.ly", "cutt.ly", "rb.gy", "pin.it", "spotify.link", "on.soundcloud.com",
])
const groupHosts = new Set(["discord.gg", "chat.whatsapp.com"])
const sameSite = /^(www|m|mobile|web|touch|mbasic|free|old|new|amp|music|gist|[a-z]{2}(-[a-z]{2})?)$/
const channel = /^UC[A-Za-z0-9_-]{22}$/

/** A name with its platform, a name of the fediverse, or a link, in clean text. */
export function findHandle(text: string): Found {
  const named = namedPlatform(text)
  if (named !== null) {
    const found = handleOn(named.platform, named.name)
    return "help" in found && isLink(named.name) ? findLink(named.name) : found
  }
  if (/^@.*@/.test(text)) return handleOn("mastodon", text)
  if (/^\/?u\//i.test(text)) return handleOn("reddit", text.replace(/^\/+/, ""))
  if (isLink(text)) return findLink(text)
  return fold(text).endsWith(".bsky.social") ? handleOn("bluesky", text) : { help: "no-platform" }
}

/** Whether clean text can only be meant as a handle or a link. */
export function isHandleOrLink(text: string): boolean {
  return namedPlatform(text) !== null || /^@|^\/?u\//i.test(text) || isLink(text) || fold(text).endsWith(".bsky.social")
}

/** Whose page, which number or which page a link in clean text leads to. */
export function findLink(text: string): Found {
  const link = linkOf(text)
  if (typeof link === "string") return { help: link }

  const number = numberIn(link)
  if (number !== null) return { number }
  if (/^(wa\.me|(api|web)\.whatsapp\.com)$/.test(link.host)) return { help: "share-link" }

  const found = onPlatform(link)
  if (found !== null) return found
  const url = canonicalLink(link)
  return url.length <= 2048 ? { url } : { help: "too-long" }
}

/** The number, with its +, in a link that rings or writes to one. */
export function numberInLink(text: string): string | null {
  const link = text.includes("/") ? linkOf(text) : "not-a-link"
  return typeof link === "string" ? null : numberIn(link)
}

/** The name as its platform compares it. Case means nothing on any of them, but in the number of a channel. */
function handleOn(word: string, typed: string): Found {
  if (typed === "" || typed === "@") return { help: "no-handle" }
  if (word === "mastodon") {
    const at = typed.lastIndexOf("@")
    const site = platformOf(typed.slice(at + 1))
    if (site?.platform.name === "threads" && site.before === "") return handleOn("threads", typed.slice(0, at))
  }
  const platform = platformNamed(word)
  const handle = platform === undefined ? null : normalized(platform, typed.trim())
  return handle === null ? { help: "not-a-handle" } : { handle: `${word}:${handle}` }
}

function normalized(platform: Platform, typed: string): string | null {
  const prefix = platform.words.find((word) => typed.toLowerCase().startsWith(`${word}/`))
  const bare = prefix === undefined ? typed : typed.slice(prefix.length + 1)
  if (platform.name === "youtube" && channel.test(bare)) return bare

  const name = fold(bare.replace(/^@/, ""))
  if (platform.name === "bluesky") return blueskyName(name)
  if (platform.name === "mastodon") return mastodonName(name)
  if (platform.name === "youtube" && isOldYoutubeName(name)) return name
  const compared = platform.name === "facebook" ? name.replaceAll(".", "") : name
  return platform.shape.test(compared) ? compared : null
}

/** A domain, by default under bsky.social, or a DID. */
function blueskyName(name: string): string | null {
  if (name.startsWith("did:plc:")) return /^did:plc:[a-z2-7]{24}$/.test(name) ? name : null
  return domainOf(name.includes(".") ? name : `${name}.bsky.social`)
}

function mastodonName(name: string): string | null {
  const [user = "", written, ...more] = name.split("@")
  const host = written === undefined ? null : domainOf(written)
  return host !== null && more.length === 0 && /^[a-z0-9_.-]{1,64}$/.test(user) ? `${user}@${host}` : null
}

/** `c/name` and `user/name`, which need not be the handle of that name. */
function isOldYoutubeName(name: string): boolean {
  const [kind, rest = "", ...more] = name.split("/")
  return (kind === "c" || kind === "user") && more.length === 0 && rest.length >= 1 && rest.length <= 100 && isWord(rest.replace(/[._-]/g, ""))
}

function namedPlatform(text: string): { readonly platform: string; readonly name: string } | null {
  const colon = text.indexOf(":")
  const platform = colon > 0 ? platformNamed(fold(text.slice(0, colon).trimEnd())) : undefined
  return platform === undefined ? null : { platform: platform.name, name: text.slice(colon + 1).trim() }
}

function isLink(text: string): boolean {
  return text.includes("/") || /^www\./i.test(text)
}

function numberIn({ host, segments, query }: WebLink): string | null {
  let written: string | undefined
  if (host === "wa.me" && segments.length === 1) written = segments[0]
  if (/^(api|web)\.whatsapp\.com$/.test(host) && segments.length === 1 && segments[0] === "send") written = valueOf(query, "phone")
  if (host === "t.me" && segments.length === 1 && segments[0]?.startsWith("+")) written = segments[0]
  const digits = written?.replace(/^[+ ]+/, "") ?? ""
  return /^[0-9]{7,}$/.test(digits) ? `+${digits}` : null
}

function onPlatform(link: WebLink): Found | null {
  const host = link.host.replace(/^www\./, "")
  if (shareHosts.has(host)) return { help: "share-link" }
  if (groupHosts.has(host)) return { help: "not-a-profile" }
  if (host.endsWith(".bsky.social")) return handleOn("bluesky", host)

  const site = platformOf(host)
  if (site === undefined) return onAnyHost(host, link.segments)
  const { platform, before } = site
  if (before === "" || sameSite.test(before)) return isShare(platform, link.segments) ? { help: "share-link" } : page(platform, link)
  return platform.name === "telegram" || platform.name === "medium" ? handleOn(platform.name, before) : { help: "not-a-profile" }
}

function page(platform: Platform, link: WebLink): Found {
  const [first = "", second = ""] = link.segments
  if (platform.name === "facebook" && /^(profile\.php|people|p)$/.test(first)) return facebookNumber(link)
  if (platform.name === "x" && link.segments.length === 2 && first === "intent" && /^(user|follow)$/.test(second)) {
    return handleOn("x", valueOf(link.query, "screen_name") ?? "")
  }
  if (platform.name === "youtube") {
    if (first === "channel") return channel.test(second) ? handleOn("youtube", second) : { help: "not-a-handle" }
    if ((first === "c" || first === "user") && second !== "") return handleOn("youtube", `${first}/${second}`)
  }
  if (platform.name === "telegram") {
    if (first.startsWith("+")) return { help: "not-a-profile" }
    if (first === "s") return ordinary(platform, link.segments.slice(1))
  }
  return ordinary(platform, link.segments)
}

function ordinary(platform: Platform, path: readonly string[]): Found {
  if (path[0] === undefined) return { help: "no-handle" }
  const first = fold(path[0])
  const prefixed = platform.words.includes(first)
  const nameFirst = !platform.at && platform.words.length === 0
  if (!prefixed && !(platform.at ? first.startsWith("@") : nameFirst && !platform.reserved.has(first))) return { help: "not-a-profile" }

  const [name, ...tail] = prefixed ? path.slice(1) : path
  if (name === undefined) return { help: "no-handle" }
  return isOwn(platform, tail) ? handleOn(platform.name, name) : { help: "not-a-profile" }
}

/** Whether a page with this after the name is still the person's own. */
function isOwn(platform: Platform, tail: readonly string[]): boolean {
  return platform.tails === null || tail.length === 0 || (tail.length === 1 && platform.tails.has(fold(tail[0] ?? "")))
}

/** The number of a page, which stays when the name changes. */
function facebookNumber({ segments, query }: WebLink): Found {
  let number: string | undefined
  if (segments[0] === "profile.php" && segments.length === 1) number = valueOf(query, "id")
  if (segments[0] === "people" && segments.length === 3) number = segments[2]
  if (segments[0] === "p" && segments.length === 2) number = segments[1]?.split("-").at(-1)
  return handleOn("facebook", /^[0-9]+$/.test(number ?? "") ? (number ?? "") : "")
}

function isShare(platform: Platform, path: readonly string[]): boolean {
  const [first = "", , third] = path
  if (platform.name === "instagram" || platform.name === "facebook") return /^share(r?\.php|r)?$/.test(first)
  if (platform.name === "tiktok" || platform.name === "snapchat") return first === "t"
  return platform.name === "reddit" && /^(r|user|u)$/.test(first) && third === "s"
}

/** A page whose path is `@name` is a name of the fediverse, on whatever host. */
function onAnyHost(host: string, path: readonly string[]): Found | null {
  const [first = "", ...tail] = path[0] === "web" && path[1]?.startsWith("@") ? path.slice(1) : path
  if (!/^@./.test(first)) return null
  const mastodon = platformNamed("mastodon")
  if (mastodon === undefined || !isOwn(mastodon, tail)) return { help: "not-a-profile" }
  return handleOn("mastodon", first.lastIndexOf("@") > 0 ? first : `${first}@${host}`)
}

function valueOf(query: WebLink["query"], name: string): string | undefined {
  return query.find(([other]) => other === name)?.[1]
}
