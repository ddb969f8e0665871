import { ascii, concat } from "./bytes.js"

/** A character and where it stands, in points from the upper left corner of its page. */
export interface Placed {
  readonly character: string
  readonly left: number
  readonly baseline: number
  readonly width: number
  readonly size: number
}

/** One page: what is seen, and what is read. */
export interface PdfPage {
  /** Rows from the top, two pixels in a byte, 15 for white; deflated (RFC 1950). */
  readonly pixels: Uint8Array
  readonly width_px: number
  readonly height_px: number
  readonly text: readonly Placed[]
}

/** A4, in points. */
export const pageWidth = 595.5
export const pageHeight = 842.25
const codesInFont = 255

/**
 * A PDF 1.7 of page images, with their text in an invisible font of no shapes: it can be searched, copied and read aloud.
 * It names no program and no time: the same pages give the same bytes. ISO 32000-1, sections 9.3.6, 9.6.5 and 9.10.3. docs/adr/0042.
 *
 * @param language - BCP 47.
 */
export function pdfOf(pages: readonly PdfPage[], language: string, title: string): Uint8Array {
  const characters = [...new Set(pages.flatMap((page) => page.text.map((placed) => placed.character)))]
  const codes = new Map(characters.map((character, i) => [character, i]))
  const fontCount = Math.ceil(characters.length / codesInFont)
  const fontAt = (n: number) => 5 + 2 * n
  const pageAt = (n: number) => fontAt(fontCount) + 3 * n
  const fonts = Array.from({ length: fontCount }, (_, n) => `/F${n} ${fontAt(n)} 0 R`).join(" ")
  const objects: Uint8Array[] = [
    ascii(`<< /Type /Catalog /Pages 2 0 R /Lang (${language.replace(/[^\w-]/g, "")}) /ViewerPreferences << /DisplayDocTitle true >> >>`),
    ascii(`<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, n) => `${pageAt(n)} 0 R`).join(" ")}] >>`),
    ascii(`<< /Title ${utf16(`\ufeff${title}`)} >>`),
    stream("", ascii("1000 0 d0")),
    ...Array.from({ length: fontCount }, (_, n) => characters.slice(n * codesInFont, (n + 1) * codesInFont)).flatMap((held, n) => fontObjects(held, fontAt(n) + 1)),
    ...pages.flatMap((page, n) => [
      ascii(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${pageWidth} ${pageHeight}] /Resources << /XObject << /I ${pageAt(n) + 2} 0 R >> /Font << ${fonts} >> >> /Contents ${pageAt(n) + 1} 0 R >>`),
      stream("", ascii(contentOf(page, codes))),
      stream(`/Type /XObject /Subtype /Image /Width ${page.width_px} /Height ${page.height_px} /ColorSpace /DeviceGray /BitsPerComponent 4 /Filter /FlateDecode `, page.pixels),
    ]),
  ]
  return fileOf(objects)
}

/** A font of at most 255 codes, all without a shape, and what each of them says. */
function fontObjects(characters: readonly string[], toUnicodeAt: number): Uint8Array[] {
  const last = characters.length
  const says = characters.map((character, i) => `<${hex(i + 1)}> ${utf16(character)}`)
  const blocks = Array.from({ length: Math.ceil(says.length / 100) }, (_, n) => says.slice(n * 100, (n + 1) * 100))
  return [
    ascii(`<< /Type /Font /Subtype /Type3 /FontBBox [0 -250 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 1 /LastChar ${last} `
      + `/Widths [${"1000 ".repeat(last)}] /Encoding << /Type /Encoding /Differences [1${" /g".repeat(last)}] >> /CharProcs << /g 4 0 R >> /Resources << >> /ToUnicode ${toUnicodeAt} 0 R >>`),
    stream("", ascii(`/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n`
      + `/CMapName /U def\n/CMapType 2 def\n1 begincodespacerange\n<00> <FF>\nendcodespacerange\n`
      + blocks.map((block) => `${block.length} beginbfchar\n${block.join("\n")}\nendbfchar\n`).join("")
      + `endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend`)),
  ]
}

/** The image over the whole page; then each character, unseen, as wide as it was drawn. */
function contentOf({ text }: PdfPage, codes: ReadonlyMap<string, number>): string {
  const shown = text.map(({ character, left, baseline, width, size }) => {
    const code = codes.get(character) ?? 0
    return `/F${Math.floor(code / codesInFont)} ${fixed(size)} Tf ${fixed(100 * width / size)} Tz 1 0 0 1 ${fixed(left)} ${fixed(pageHeight - baseline)} Tm <${hex(code % codesInFont + 1)}> Tj`
  })
  return `q ${pageWidth} 0 0 ${pageHeight} 0 0 cm /I Do Q\nBT 3 Tr\n${shown.join("\n")}\nET`
}

function fileOf(objects: readonly Uint8Array[]): Uint8Array {
  const parts: Uint8Array[] = [concat(ascii("%PDF-1.7\n%"), Uint8Array.of(0xe2, 0xe3, 0xcf, 0xd3, 10))]
  const offsets: number[] = []
  let at = parts[0]?.length ?? 0
  objects.forEach((object, i) => {
    const whole = concat(ascii(`${i + 1} 0 obj\n`), object, ascii("\nendobj\n"))
    offsets.push(at)
    parts.push(whole)
    at += whole.length
  })
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("")
  parts.push(ascii(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 3 0 R >>\nstartxref\n${at}\n%%EOF\n`))
  return concat(...parts)
}

function stream(members: string, bytes: Uint8Array): Uint8Array {
  return concat(ascii(`<< ${members}/Length ${bytes.length} >>\nstream\n`), bytes, ascii("\nendstream"))
}

function utf16(text: string): string {
  return `<${Array.from({ length: text.length }, (_, i) => text.charCodeAt(i).toString(16).padStart(4, "0")).join("")}>`
}

function hex(code: number): string {
  return code.toString(16).padStart(2, "0")
}

function fixed(value: number): string {
  return value.toFixed(2)
}
