import { ascii, concat } from "./bytes.js"
import { u32 } from "./wire.js"

// What makes a PDF one that can be kept: what it says of itself, and what its grays are. ISO 19005-3, sections 6.2.3 and 6.6.

/** XMP: which form it is in, and its title; no program, no time. @param title - Without characters that XML gives a meaning to. */
export function metadataOf(title: string): string {
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">`
    + `<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/">`
    + `<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><dc:format>application/pdf</dc:format>`
    + `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${title}</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="r"?>`
}

const d50 = [0xf6d6, 0x10000, 0xd32d] as const

/** An ICC profile of a gray screen with the gamma of most: ICC.1:2001-04, section 6.3.1.1. */
export function grayProfile(): Uint8Array {
  const xyz = concat(...d50.map(u32))
  const tags: readonly (readonly [string, Uint8Array])[] = [
    // Its name in ASCII; none in Unicode, none in the script of an old system.
    ["desc", concat(ascii("desc"), u32(0), u32(5), ascii("Gray\0"), u32(0), u32(0), new Uint8Array(70))],
    ["cprt", concat(ascii("text"), u32(0), ascii("CC0\0"))],
    ["wtpt", concat(ascii("XYZ "), u32(0), xyz)],
    ["kTRC", concat(ascii("curv"), u32(0), u32(1), Uint8Array.of(2, 0x33))], // 2.2, in eighths of a byte
  ]
  const bodies = tags.map(([, body]) => concat(body, new Uint8Array(-body.length & 3)))
  const begins = bodies.map((_, i) => 132 + 12 * tags.length + bodies.slice(0, i).reduce((sum, body) => sum + body.length, 0))
  const table = concat(u32(tags.length), ...tags.map(([name, body], i) => concat(ascii(name), u32(begins[i] ?? 0), u32(body.length))))
  const size = 128 + table.length + bodies.reduce((sum, body) => sum + body.length, 0)
  const day = Uint8Array.of(7, 0xd0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0) // 2000-01-01: it must have one.
  const head = concat(u32(size), u32(0), u32(0x02100000), ascii("mntrGRAYXYZ "), day, ascii("acsp"), new Uint8Array(28), xyz, new Uint8Array(48))
  return concat(head, table, ...bodies)
}
