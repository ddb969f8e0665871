/** Punycode, RFC 3492, for labels of domains. Without the prefix `xn--`. */

const [base, least, most, skew, damp, firstBias, firstCodePoint] = [36, 1, 26, 38, 700, 72, 128]
const digits = "abcdefghijklmnopqrstuvwxyz0123456789"

/** The label in Punycode. It is short: a label has at most 63 characters. */
export function toPunycode(label: string): string {
  const input = Array.from(label, (c) => c.codePointAt(0) ?? 0)
  const basic = label.replace(/[^\p{ASCII}]/gu, "")
  let output = basic === "" ? "" : `${basic}-`
  let [n, delta, bias, handled] = [firstCodePoint, 0, firstBias, basic.length]
  while (handled < input.length) {
    const next = Math.min(...input.filter((c) => c >= n))
    delta += (next - n) * (handled + 1)
    n = next
    for (const c of input) {
      if (c < n) delta += 1
      if (c !== n) continue
      output += variableLength(delta, bias)
      bias = adapted(delta, handled + 1, handled === basic.length)
      delta = 0
      handled += 1
    }
    delta += 1
    n += 1
  }
  return output
}

/** The label that the Punycode stands for; `null` if it stands for none. */
export function fromPunycode(code: string): string | null {
  if (code.length > 63 || !/^\p{ASCII}*$/u.test(code)) return null
  const dash = code.lastIndexOf("-")
  const output = dash > 0 ? Array.from(code.slice(0, dash)) : []
  const rest = Array.from(code.slice(dash > 0 ? dash + 1 : 0).toLowerCase(), (c) => digits.indexOf(c))
  let [n, i, bias, at] = [firstCodePoint, 0, firstBias, 0]
  while (at < rest.length) {
    const before = i
    for (let [weight, k] = [1, base]; ; k += base) {
      const digit = rest[at++] ?? -1
      if (digit < 0) return null
      i += digit * weight
      const t = threshold(k, bias)
      if (i > 0x7fffffff) return null
      if (digit < t) break
      weight *= base - t
      if (weight > 0x7fffffff) return null
    }
    const size = output.length + 1
    bias = adapted(i - before, size, before === 0)
    n += Math.floor(i / size)
    i %= size
    if (n > 0x10ffff || (n >= 0xd800 && n <= 0xdfff)) return null
    output.splice(i++, 0, String.fromCodePoint(n))
  }
  return output.join("")
}

function variableLength(delta: number, bias: number): string {
  let [q, written] = [delta, ""]
  for (let k = base; ; k += base) {
    const t = threshold(k, bias)
    if (q < t) return written + digits.charAt(q)
    written += digits.charAt(t + ((q - t) % (base - t)))
    q = Math.floor((q - t) / (base - t))
  }
}

function threshold(k: number, bias: number): number {
  return Math.min(Math.max(k - bias, least), most)
}

function adapted(delta: number, count: number, first: boolean): number {
  let left = Math.floor(delta / (first ? damp : 2))
  left += Math.floor(left / count)
  let k = 0
  for (; left > ((base - least) * most) / 2; k += base) left = Math.floor(left / (base - least))
  return k + Math.floor(((base - least + 1) * left) / (left + skew))
}
