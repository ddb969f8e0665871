import { pdfOf, type PdfAttachment, type PdfBlock, type PdfPage, type PdfText } from "../../core/pdf.js"
import { h } from "../dom.js"

/** A paragraph on paper, by its look. */
export interface Block {
  readonly look: "title" | "heading" | "text" | "quiet"
  readonly text: string
}

/** CSS pixels; the sheet is A4 at 96 to the inch. */
const [sheet_px, tall_px, margin_px, foot_px] = [794, 1123, 76, 40]
/** Image pixels to a CSS pixel: 192 to the inch. */
const scale = 2
const points = 0.75
const gaps = { title: 20, heading: 22, text: 8, quiet: 6 } as const
const heard: Readonly<Record<Block["look"], PdfBlock>> = { title: "H1", heading: "H2", text: "P", quiet: "P" }

interface Line {
  /** Which block it is of; null for the foot of a page. */
  readonly block: number | null
  readonly text: string
  readonly rtl: boolean
  readonly font: string
  readonly size_px: number
  readonly gray: boolean
  readonly gap_px: number
  readonly height_px: number
  readonly from_px: number
  readonly to_px: number
  readonly characters: readonly { readonly character: string, readonly left_px: number, readonly width_px: number }[]
  /** Stays on the sheet of the next line. */
  readonly leads: boolean
}

/** Whether this browser lets a page read what it drew. One that hides its traits may give noise instead. */
export function canDraw(): boolean {
  const canvas = h("canvas", { width: 16, height: 16 })
  const pen = canvas.getContext("2d", { willReadFrequently: true })
  if (pen === null) return false
  pen.fillStyle = "#fff"
  pen.fillRect(0, 0, 16, 16)
  pen.fillStyle = "#000"
  pen.fillRect(4, 4, 8, 8)
  const { data } = pen.getImageData(0, 0, 16, 16)
  return Array.from({ length: 256 }, (_, i) => i).every((i) => {
    const inside = i % 16 >= 4 && i % 16 < 12 && i >= 64 && i < 192
    return [0, 1, 2].every((channel) => data[4 * i + channel] === (inside ? 0 : 255))
  })
}

/** Sets blocks on A4 sheets with the browser's own text: any script that this device can show. `null` when it may not draw. @param source - What the paper was made from. */
export async function pdfFrom(blocks: readonly Block[], pageOf: (n: number, of: number) => string, source: PdfAttachment | null = null): Promise<Uint8Array | null> {
  if (!canDraw()) return null
  await document.fonts.ready
  const sheets = sheetsOf(blocks.flatMap((block, i) => linesOf(block, i)))
  const pages: PdfPage[] = []
  for (const [i, lines] of sheets.entries()) {
    pages.push(await draw(lines, linesOf({ look: "quiet", text: pageOf(i + 1, sheets.length) }, null)))
  }
  return pdfOf({ pages, blocks: blocks.map(({ look }) => heard[look]), language: document.documentElement.lang, title: "Document", source })
}

/** Lets the browser break a block into lines, and asks it where each character stands. */
function linesOf({ look, text }: Block, block: number | null): Line[] {
  const paper = h("div", { class: `paper ${look}`, dir: "auto", "aria-hidden": "true", translate: "no" })
  // A node of its own: no text that follows the page's language.
  const node = document.createTextNode(text)
  paper.append(node)
  document.body.append(paper)
  try {
    const { direction, fontStyle, fontWeight, fontSize, fontFamily, lineHeight } = getComputedStyle(paper)
    const common = { block, rtl: direction === "rtl", font: `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`, size_px: parseFloat(fontSize), gray: look === "quiet", height_px: parseFloat(lineHeight) }
    const rows = rowsOf(node, paper.getBoundingClientRect().left)
    return rows.map((row, i) => ({
      ...common, characters: row, text: row.map(({ character }) => character).join(""), gap_px: i === 0 ? gaps[look] : 0, leads: look === "title" || look === "heading",
      from_px: Math.min(...row.map((one) => one.left_px)), to_px: Math.max(...row.map((one) => one.left_px + one.width_px)),
    }))
  } finally {
    paper.remove()
  }
}

function rowsOf(node: Text, origin_px: number): Line["characters"][] {
  const rows: { character: string, left_px: number, width_px: number }[][] = []
  const range = document.createRange()
  let [at, bottom] = [0, -Infinity]
  for (const character of node.data) {
    range.setStart(node, at)
    range.setEnd(node, at += character.length)
    const box = [...range.getClientRects()].at(-1)
    if (box === undefined) continue
    // A line further down begins below the middle of the last one.
    if (box.top + box.height / 2 > bottom) {
      rows.push([])
      bottom = box.bottom
    }
    rows.at(-1)?.push({ character, left_px: box.left - origin_px, width_px: box.width })
  }
  return rows
}

function sheetsOf(lines: readonly Line[]): Line[][] {
  const sheets: Line[][] = [[]]
  let top = margin_px
  lines.forEach((line, i) => {
    const after = line.leads ? lines[i + 1] : undefined
    const needed = line.gap_px + line.height_px + (after ? after.gap_px + after.height_px : 0)
    if (top + needed > tall_px - margin_px - foot_px && sheets.at(-1)?.length !== 0) {
      sheets.push([])
      top = margin_px
    }
    sheets.at(-1)?.push(line)
    top += line.gap_px + line.height_px
  })
  return sheets
}

async function draw(lines: readonly Line[], foot: readonly Line[]): Promise<PdfPage> {
  const canvas = h("canvas", { width: sheet_px * scale, height: tall_px * scale })
  const pen = canvas.getContext("2d", { willReadFrequently: true }) as CanvasRenderingContext2D
  pen.fillStyle = "#fff"
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.scale(scale, scale)
  const text: PdfText[] = []
  let top = margin_px
  for (const line of lines) {
    top += line.gap_px
    text.push(write(pen, line, top))
    top += line.height_px
  }
  let end = tall_px - margin_px
  for (const line of foot) {
    text.push(write(pen, line, end))
    end += line.height_px
  }
  const { data, width, height } = pen.getImageData(0, 0, canvas.width, canvas.height)
  return { pixels: await deflated(inGray(data)), width_px: width, height_px: height, text }
}

/** Draws one line, and says where its characters stand. */
function write(pen: CanvasRenderingContext2D, line: Line, top_px: number): PdfText {
  const { block, font, rtl, size_px, gray, height_px, from_px, to_px, characters } = line
  pen.font = font
  pen.direction = rtl ? "rtl" : "ltr"
  pen.textAlign = rtl ? "right" : "left"
  pen.fillStyle = gray ? "#555" : "#000"
  const baseline_px = top_px + height_px / 2 + size_px * 0.35
  pen.fillText(line.text, margin_px + (rtl ? to_px : from_px), baseline_px)
  return { block, characters: characters.map(({ character, left_px, width_px }) => ({
    character, left: (margin_px + left_px) * points, baseline: baseline_px * points, width: Math.max(0.1, width_px * points), size: size_px * points,
  })) }
}

/** Two pixels in a byte, of 16 grays. */
function inGray(rgba: Uint8ClampedArray): Uint8Array<ArrayBuffer> {
  const gray = (i: number) => (299 * (rgba[i] ?? 0) + 587 * (rgba[i + 1] ?? 0) + 114 * (rgba[i + 2] ?? 0)) / 17000
  return Uint8Array.from({ length: rgba.length / 8 }, (_, i) => Math.round(gray(8 * i)) << 4 | Math.round(gray(8 * i + 4)))
}

async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"))).arrayBuffer())
}

