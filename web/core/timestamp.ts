import { p256, p384, p521 } from "@noble/curves/nist.js"
import { sha1 } from "@noble/hashes/legacy.js"
import { sha256, sha384, sha512 } from "@noble/hashes/sha2.js"
import { parseSpki, power, toBytes, toNumber } from "./blind-rsa.js"
import { ascii, concat, equal } from "./bytes.js"
import { inside, oidOf, readDer, type Der } from "./der.js"

/** What an RFC 3161 token says, once it holds. */
export interface Token {
  readonly at_s: number
  /** The common name, or else the organisation, of the certificate that signed: who stands behind it, its issuer says. */
  readonly authority: string
}

const sha2 = "2.16.840.1.101.3.4.2."
const hashes: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = { [sha2 + "1"]: sha256, [sha2 + "2"]: sha384, [sha2 + "3"]: sha512 }
const curves = { "1.2.840.10045.3.1.7": p256, "1.3.132.0.34": p384, "1.3.132.0.35": p521 } as const
/** The hash of each way to sign that has it in its name: RSA with PKCS #1 v1.5, and ECDSA. */
const hashOf: Readonly<Record<string, string>> = {
  "1.2.840.113549.1.1.11": sha2 + "1", "1.2.840.113549.1.1.12": sha2 + "2", "1.2.840.113549.1.1.13": sha2 + "3",
  "1.2.840.10045.4.3.2": sha2 + "1", "1.2.840.10045.4.3.3": sha2 + "2", "1.2.840.10045.4.3.4": sha2 + "3",
}
const oids = {
  signedData: "1.2.840.113549.1.7.2", tstInfo: "1.2.840.113549.1.9.16.1.4", contentType: "1.2.840.113549.1.9.3", messageDigest: "1.2.840.113549.1.9.4",
  signingCertificate: "1.2.840.113549.1.9.16.2.12", signingCertificate2: "1.2.840.113549.1.9.16.2.47", rsa: "1.2.840.113549.1.1.1", ec: "1.2.840.10045.2.1",
  extendedKeyUsage: "2.5.29.37", timeStamping: "1.3.6.1.5.5.7.3.8", commonName: "2.5.4.3", organisation: "2.5.4.10",
} as const

/**
 * Checks a timestamp token against a text: RFC 3161, section 2.4.2, in CMS (RFC 5652) with one signer whose certificate is in it.
 *
 * @returns `null` when it is of another text, or its signature, its certificate's purpose or its form does not hold. Whether the certificate's issuer can be believed is another question.
 */
export function parseToken(token: Uint8Array, text: string): Token | null {
  const [content, ...more] = readDer(token) ?? []
  const [type, explicit] = inside(content)
  if (more.length > 0 || oidOf(type) !== oids.signedData) return null

  const parts = inside(inside(explicit)[0])
  const [contentType, contentBody] = inside(parts[2])
  const info = inside(contentBody)[0]
  const certificates = inside(parts.find(({ tag }) => tag === 0xa0))
  const signers = inside(parts.at(-1))
  if (oidOf(contentType) !== oids.tstInfo || info?.tag !== 4 || signers.length !== 1) return null

  const said = readInfo(info.body)
  const certificate = signedBy(inside(signers[0]), info.body, certificates)
  const isOfText = said !== null && equal(said.imprint, said.hash(ascii(text)))
  return said !== null && isOfText && certificate !== null && isValidAt(certificate, said.at_s) ? { at_s: said.at_s, authority: nameOf(certificate) } : null
}

function readInfo(bytes: Uint8Array): { readonly hash: (bytes: Uint8Array) => Uint8Array, readonly imprint: Uint8Array, readonly at_s: number } | null {
  const [, , imprint, , time] = inside(readDer(bytes)?.[0])
  const [algorithm, digest] = inside(imprint)
  const [hash, at_s] = [hashes[oidOf(inside(algorithm)[0])], timeOf(time)]
  return hash === undefined || digest?.tag !== 4 || at_s === null ? null : { hash, imprint: digest.body, at_s }
}

/** The certificate by which a signer signed; `null` when anything does not hold. */
function signedBy(signer: readonly Der[], info: Uint8Array, certificates: readonly Der[]): Der | null {
  const [, id, digestAlgorithm, attributes, algorithm, signature] = signer
  const digest = hashes[oidOf(inside(digestAlgorithm)[0])]
  if (attributes?.tag !== 0xa0 || digest === undefined || signature?.tag !== 4) return null

  const all = new Map(inside(attributes).map((one) => [oidOf(inside(one)[0]), inside(inside(one)[1])[0]]))
  const isOfInfo = oidOf(all.get(oids.contentType)) === oids.tstInfo && equal(all.get(oids.messageDigest)?.body ?? new Uint8Array(0), digest(info))
  const certificate = certificates.find((one) => isNamed(one, id, all))
  if (!isOfInfo || certificate === undefined || !isForTime(certificate)) return null

  const signed = concat(Uint8Array.of(0x31), attributes.whole.slice(1))
  return isSignature(fieldsOf(certificate).key, algorithm, oidOf(inside(digestAlgorithm)[0]), signed, signature.body) ? certificate : null
}

/** Named by issuer and number, and by its hash. */
function isNamed(certificate: Der, id: Der | undefined, attributes: ReadonlyMap<string, Der | undefined>): boolean {
  const [issuer, number] = inside(id)
  const fields = fieldsOf(certificate)
  const [second, first] = [attributes.get(oids.signingCertificate2), attributes.get(oids.signingCertificate)]
  const identifier = inside(inside(inside(second ?? first)[0])[0])
  const ofAlgorithm = identifier.length > 1 && identifier[0]?.tag === 0x30 ? hashes[oidOf(inside(identifier[0])[0])] : undefined
  const hash = second === undefined ? sha1 : ofAlgorithm ?? sha256
  const said = identifier.find(({ tag }) => tag === 4)
  return issuer !== undefined && number !== undefined && fields.issuer !== undefined && fields.number !== undefined && said !== undefined
    && equal(issuer.whole, fields.issuer.whole) && equal(number.whole, fields.number.whole) && equal(said.body, hash(certificate.whole))
}

function fieldsOf(certificate: Der): { readonly [name in "number" | "issuer" | "validity" | "subject" | "key" | "extensions"]: Der | undefined } {
  const fields = inside(inside(certificate)[0])
  const [number, , issuer, validity, subject, key] = fields[0]?.tag === 0xa0 ? fields.slice(1) : fields
  return { number, issuer, validity, subject, key, extensions: fields.find(({ tag }) => tag === 0xa3) }
}

/** Its one purpose is to say when, as RFC 3161, section 2.3, demands. */
function isForTime(certificate: Der): boolean {
  const extension = inside(inside(fieldsOf(certificate).extensions)[0]).find((one) => oidOf(inside(one)[0]) === oids.extendedKeyUsage)
  const [, critical, value] = inside(extension)
  const uses = inside(readDer(value?.body ?? new Uint8Array(0))?.[0])
  return critical?.tag === 1 && critical.body[0] === 255 && uses.length === 1 && oidOf(uses[0]) === oids.timeStamping
}

function isValidAt(certificate: Der, at_s: number): boolean {
  const [from, to] = inside(fieldsOf(certificate).validity).map(timeOf)
  return from != null && to != null && from <= at_s && at_s <= to
}

function isSignature(key: Der | undefined, algorithm: Der | undefined, digest: string, signed: Uint8Array, signature: Uint8Array): boolean {
  const [type, bits] = inside(key)
  const [kind, parameter] = inside(type)
  const named = oidOf(inside(algorithm)[0])
  const hash = hashes[named === oids.rsa ? digest : hashOf[named] ?? ""]
  if (hash === undefined || key === undefined || bits === undefined) return false
  if (oidOf(kind) === oids.rsa) return (named === oids.rsa || named.startsWith("1.2.840.113549.1.1.")) && isRsaSignature(key.whole, hash(signed), signature)

  const curve = curves[oidOf(parameter) as keyof typeof curves]
  if (oidOf(kind) !== oids.ec || curve === undefined || !named.startsWith("1.2.840.10045.4.3.")) return false
  try {
    return curve.verify(signature, hash(signed), bits.body.slice(1), { prehash: false, format: "der", lowS: false })
  } catch {
    return false // The library throws for what is no signature and no point.
  }
}

/** RSASSA-PKCS1-v1_5, RFC 8017, section 8.2.2: what the signature must be is written anew and compared. */
function isRsaSignature(key: Uint8Array, hash: Uint8Array, signature: Uint8Array): boolean {
  const rsa = parseSpki(key)
  if (rsa === null || rsa.size < 256 || rsa.size > 1024 || rsa.e > 1n << 32n || signature.length !== rsa.size) return false

  const last = { 32: 1, 48: 2, 64: 3 }[hash.length] ?? 0
  const named = concat(Uint8Array.of(0x30, 17 + hash.length, 0x30, 13, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, last, 5, 0, 4, hash.length), hash)
  const padded = concat(Uint8Array.of(0, 1), new Uint8Array(rsa.size - named.length - 3).fill(255), Uint8Array.of(0), named)
  return equal(toBytes(power(toNumber(signature), rsa.e, rsa.n), rsa.size), padded)
}

/** UTCTime or GeneralizedTime in UTC, in whole seconds since 1970; `null` for any other form. */
function timeOf(value: Der | undefined): number | null {
  const text = String.fromCharCode(...value?.body ?? [])
  const [, year = "", rest = ""] = (value?.tag === 0x18 ? /^(\d{4})(\d{10})(?:\.\d+)?Z$/ : /^(\d{2})(\d{10})Z$/).exec(text) ?? []
  const [month, day, hour, minute, second] = (rest.match(/../g) ?? []).map(Number)
  if (month === undefined || (value?.tag !== 0x17 && value?.tag !== 0x18)) return null
  const whole = year.length === 4 ? Number(year) : Number(year) + (Number(year) < 50 ? 2000 : 1900)
  return Date.UTC(whole, month - 1, day, hour, minute, second) / 1000
}

function nameOf(certificate: Der): string {
  const names = inside(fieldsOf(certificate).subject).flatMap(inside).map(inside)
  const one = names.find(([type]) => oidOf(type) === oids.commonName) ?? names.find(([type]) => oidOf(type) === oids.organisation)
  return new TextDecoder().decode(one?.[1]?.body)
}
