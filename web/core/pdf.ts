import { sha256 } from "@noble/hashes/sha2.js"
import { ascii, concat, toHex } from "./bytes.js"
import { grayProfile, metadataOf } from "./pdf-archive.js"

/** A character and where it stands, in points from the upper left corner of its page. */
export interface Placed {
  readonly character: string
  readonly left: number
  readonly baseline: number
  readonly width: number
  readonly size: number
}

/** Characters in the order in which they are read, all of one block. */
export interface PdfText {
  /** Which of the document's blocks; null for what stands on a page and belongs to none, such as its number. */
  readonly block: number | null
  readonly characters: readonly Placed[]
}

/** One page: what is seen, and what is read. */
export interface PdfPage {
  /** Rows from the top, two pixels in a byte, 15 for white; deflated (RFC 1950). */
  readonly pixels: Uint8Array
  readonly width_px: number
  readonly height_px: number
  readonly text: readonly PdfText[]
}

/** What a block is to somebody who hears it: headings of two levels, and paragraphs. */
export type PdfBlock = "H1" | "H2" | "P"

/** A file in the document, that it was made from. */
export interface PdfAttachment {
  /** ASCII. */
  readonly name: string
  /** Media type. */
  readonly type: string
  readonly bytes: Uint8Array
}

export interface PdfDocument {
  readonly pages: readonly PdfPage[]
  readonly blocks: readonly PdfBlock[]
  /** BCP 47. */
  readonly language: string
  readonly title: string
  readonly source: PdfAttachment | null
}

/** A4, in points. */
export const pageWidth = 595.5
export const pageHeight = 842.25
const codesInFont = 255

/**
 * A PDF/A-3a of page images, with their text in an invisible font of no shapes: it can be searched, copied and read aloud, by headings too.
 * It names no program and no time: the same pages give the same bytes. ISO 32000-1, sections 9.3.6, 9.6.5, 9.10.3 and 14.7; ISO 19005-3. docs/adr/0042, 0082.
 */
export function pdfOf({ pages, blocks, language, title, source }: PdfDocument): Uint8Array {
  const objects = new Objects()
  const [catalog, tree, root, document, parents] = [objects.reserve(), objects.reserve(), objects.reserve(), objects.reserve(), objects.reserve()]
  const info = objects.add(ascii(`<< /Title ${utf16(`\ufeff${title}`)} >>`))
  const metadata = objects.add(stream("/Type /Metadata /Subtype /XML ", ascii(metadataOf(title))))
  const profile = objects.add(stream("/N 1 ", grayProfile()))
  const attached = source === null ? null : attach(objects, source)
  const text = new Text(objects, pages)
  const parts = pages.map((page, n) => addPage(objects, tree, text, page, n))
  const read = blocks.map((block, i) => objects.add(ascii(`<< /Type /StructElem /S /${block} /P ${document} 0 R /K [${parts.flatMap(({ number, marked }) =>
    marked.flatMap((of, id) => (of === i ? [`<< /Type /MCR /Pg ${number} 0 R /MCID ${id} >>`] : []))).join(" ")}] >>`)))
  objects.set(document, ascii(`<< /Type /StructElem /S /Document /P ${root} 0 R /K [${references(read)}] >>`))
  objects.set(parents, ascii(`<< /Nums [${parts.map(({ marked }, n) => `${n} [${references(marked.map((of) => read[of] ?? 0))}]`).join(" ")}] >>`))
  objects.set(root, ascii(`<< /Type /StructTreeRoot /K ${document} 0 R /ParentTree ${parents} 0 R /ParentTreeNextKey ${pages.length} >>`))
  objects.set(tree, ascii(`<< /Type /Pages /Count ${pages.length} /Kids [${references(parts.map(({ number }) => number))}] >>`))
  objects.set(catalog, ascii(`<< /Type /Catalog /Pages ${tree} 0 R /Lang (${language.replace(/[^\w-]/g, "")}) /ViewerPreferences << /DisplayDocTitle true >> /Metadata ${metadata} 0 R `
    + `/MarkInfo << /Marked true >> /StructTreeRoot ${root} 0 R /OutputIntents [<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (Gray gamma 2.2) /DestOutputProfile ${profile} 0 R >>]`
    + `${attached === null ? "" : ` /AF [${attached.file} 0 R] /Names << /EmbeddedFiles << /Names [(${attached.name}) ${attached.file} 0 R] >> >>`} >>`))
  return objects.file(catalog, info)
}

function attach(objects: Objects, { name, type, bytes }: PdfAttachment): { readonly name: string, readonly file: number } {
  const [own, kind] = [name.replace(/[^\w.-]/g, ""), type.replaceAll("/", "#2F").replace(/[^\w#.+-]/g, "")]
  const content = objects.add(stream(`/Type /EmbeddedFile /Subtype /${kind} /Params << /Size ${bytes.length} >> `, bytes))
  const file = objects.add(ascii(`<< /Type /Filespec /F (${own}) /UF ${utf16(`\ufeff${own}`)} /AFRelationship /Source /EF << /F ${content} 0 R /UF ${content} 0 R >> >>`))
  return { name: own, file }
}

/** The image over the whole page; then each character, unseen, as wide as it was drawn. @returns Which block each marked stretch of text is of. */
function addPage(objects: Objects, tree: number, text: Text, page: PdfPage, n: number): { readonly number: number, readonly marked: readonly number[] } {
  const marked: number[] = []
  let open: number | null | undefined
  const lines: string[] = []
  for (const { block, characters } of page.text) {
    if (block !== open) lines.push(...(open === undefined ? [] : ["EMC"]), block === null ? "/Artifact BMC" : `/P << /MCID ${marked.push(block) - 1} >> BDC`)
    open = block
    lines.push(...characters.map((placed) => text.show(placed)))
  }
  if (open !== undefined) lines.push("EMC")
  const image = objects.add(stream(
    `/Type /XObject /Subtype /Image /Width ${page.width_px} /Height ${page.height_px} /ColorSpace /DeviceGray /BitsPerComponent 4 /Filter /FlateDecode `, page.pixels))
  const content = objects.add(stream("", ascii(`/Artifact BMC q ${pageWidth} 0 0 ${pageHeight} 0 0 cm /I Do Q EMC\nBT 3 Tr\n${lines.join("\n")}\nET`)))
  const number = objects.add(ascii(`<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 ${pageWidth} ${pageHeight}] /Resources << /XObject << /I ${image} 0 R >> /Font << ${text.fonts} >> >> `
    + `/Contents ${content} 0 R /StructParents ${n} /Tabs /S >>`))
  return { number, marked }
}

/** The text of all pages, in fonts of at most 255 codes, all without a shape, and what each of them says. */
class Text {
  readonly #codes: ReadonlyMap<string, number>
  readonly fonts: string

  constructor(objects: Objects, pages: readonly PdfPage[]) {
    const characters = [...new Set(pages.flatMap((page) => page.text.flatMap((text) => text.characters.map(({ character }) => plain(character)))))]
    this.#codes = new Map(characters.map((character, i) => [character, i]))
    const shape = objects.add(stream("", ascii("1000 0 d0")))
    const count = Math.ceil(characters.length / codesInFont)
    this.fonts = Array.from({ length: count }, (_, n) => `/F${n} ${addFont(objects, shape, characters.slice(n * codesInFont, (n + 1) * codesInFont))} 0 R`).join(" ")
  }

  show({ character, left, baseline, width, size }: Placed): string {
    const code = this.#codes.get(plain(character)) ?? 0
    return `/F${Math.floor(code / codesInFont)} ${fixed(size)} Tf ${fixed(100 * width / size)} Tz 1 0 0 1 ${fixed(left)} ${fixed(pageHeight - baseline)} Tm <${hex(code % codesInFont + 1)}> Tj`
  }
}

function addFont(objects: Objects, shape: number, characters: readonly string[]): number {
  const last = characters.length
  const says = characters.map((character, i) => `<${hex(i + 1)}> ${utf16(character)}`)
  const blocks = Array.from({ length: Math.ceil(says.length / 100) }, (_, n) => says.slice(n * 100, (n + 1) * 100))
  const toUnicode = objects.add(stream("", ascii(`/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n`
    + `/CMapName /U def\n/CMapType 2 def\n1 begincodespacerange\n<00> <FF>\nendcodespacerange\n`
    + blocks.map((block) => `${block.length} beginbfchar\n${block.join("\n")}\nendbfchar\n`).join("")
    + `endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend`)))
  return objects.add(ascii(`<< /Type /Font /Subtype /Type3 /FontBBox [0 -250 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 1 /LastChar ${last} `
    + `/Widths [${"1000 ".repeat(last)}] /Encoding << /Type /Encoding /Differences [1${" /g".repeat(last)}] >> /CharProcs << /g ${shape} 0 R >> /Resources << >> /ToUnicode ${toUnicode} 0 R >>`))
}

/** What may stand for a character to a reader: an archive has no private ones, no halves of pairs and no marks of byte order. */
function plain(character: string): string {
  return /^[\p{Co}\p{Cs}\0\ufeff\ufffe]$/u.test(character) ? "\ufffd" : character
}

/** The numbered objects of a file, in their order. */
class Objects {
  readonly #held: Uint8Array[] = []

  /** A number for what is known later. */
  reserve(): number {
    return this.add(new Uint8Array(0))
  }

  add(object: Uint8Array): number {
    return this.#held.push(object)
  }

  set(number: number, object: Uint8Array): void {
    this.#held[number - 1] = object
  }

  file(catalog: number, info: number): Uint8Array {
    const parts: Uint8Array[] = [concat(ascii("%PDF-1.7\n%"), Uint8Array.of(0xe2, 0xe3, 0xcf, 0xd3, 10))]
    const offsets: number[] = []
    let at = parts[0]?.length ?? 0
    this.#held.forEach((object, i) => {
      const whole = concat(ascii(`${i + 1} 0 obj\n`), object, ascii("\nendobj\n"))
      offsets.push(at)
      parts.push(whole)
      at += whole.length
    })
    const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("")
    const id = `<${toHex(sha256(concat(...parts))).slice(0, 32)}>`
    parts.push(ascii(`xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${offsets.length + 1} /Root ${catalog} 0 R /Info ${info} 0 R /ID [${id} ${id}] >>\nstartxref\n${at}\n%%EOF\n`))
    return concat(...parts)
  }
}

function references(numbers: readonly number[]): string {
  return numbers.map((number) => `${number} 0 R`).join(" ")
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
