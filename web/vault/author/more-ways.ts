import { encodeQR } from "qr"
import { halvesOf } from "../../core/halves.js"
import { fromHex, toHex } from "../../core/bytes.js"
import { digitsOf, type Receipt } from "../../core/receipt.js"
import { fill, h, paragraph, type Child } from "../dom.js"
import { actions, button } from "../fields.js"
import { printSheet } from "../printing.js"
import { say } from "../say.js"
import { edge } from "../transport.js"
import { languageOfWords, listIn, wordLanguages, wordsToShow, type WordLanguage } from "../wordlists.js"
import type { Visit } from "./visit.js"
import { wordSheet } from "./word-sheet.js"

const ways = ["words", "digits", "picture", "half1", "half2"] as const
type Way = (typeof ways)[number]

/** Other forms of the same words. Each opens the same; two halves open together only. */
export function showMoreWays(visit: Visit, receipt: Receipt, back: () => void): void {
  let language = languageOfWords()
  const sheet = h("div", { class: "stack prints", "aria-live": "polite" })
  const draw = async (way: Way) => fill(sheet, ...await sheetOf(visit, receipt, way, language, (chosen) => {
    language = chosen
    void draw("words")
  }))
  visit.page.show({
    heading: say("ways.heading"),
    body: [
      paragraph(say("ways.intro")),
      h("fieldset", { class: "field" },
        h("legend", {}, say("ways.which")),
        h("div", { class: "tabs" }, ...ways.map((way) => {
          const radio = h("input", { type: "radio", name: "way", autocomplete: "off", checked: way === "words" })
          radio.addEventListener("change", () => void draw(way))
          return h("label", {}, radio, say(`ways.${way}`))
        }))),
      sheet,
      actions(button(say("back"), back, "main"), button(say("receipt.print"), () => printSheet())),
      actions(button(say("pass.tap"), () => void import("./device-unlock.js").then((next) =>
        next.showDeviceUnlock(visit, receipt, () => showMoreWays(visit, receipt, back))), "link")),
    ],
  })
  void draw("words")
}

async function sheetOf(visit: Visit, receipt: Receipt, way: Way, language: WordLanguage, choose: (language: WordLanguage) => void): Promise<Child[]> {
  switch (way) {
    case "digits":
      return [paragraph(say("ways.digitsHint"), "noprint"), h("div", { class: "sheet" }, h("p", { class: "digit-sheet", translate: "no" },
        ...digitsOf(receipt).split(" ").map((group) => h("bdi", { dir: "ltr" }, group))))]
    case "picture":
      return [paragraph(say("ways.pictureHint"), "noprint"), h("div", { class: "sheet" }, qrPicture((await wordsToShow(receipt, language)).join(" "), say("ways.picture")))]
    case "half1":
    case "half2": {
      const half = await halfOf(visit, receipt, way === "half1" ? 0 : 1)
      return [paragraph(say("ways.halfHint"), "noprint"), h("h2", {}, say(`ways.${way}`)), wordSheet(half)]
    }
    case "words":
      return [
        h("div", { class: "actions noprint" }, ...(Object.keys(wordLanguages) as WordLanguage[]).map((code) => {
          const choice = button(wordLanguages[code], () => choose(code))
          choice.lang = code
          choice.setAttribute("aria-pressed", String(code === language))
          return choice
        })),
        wordSheet(await wordsToShow(receipt, language)),
      ]
  }
}

/** The same two halves as long as this draft lives: one that was given away already stays good. */
async function halfOf(visit: Visit, receipt: Receipt, which: 0 | 1): Promise<string[]> {
  const { draft } = visit
  const first = fromHex(draft.half, receipt.length) ?? edge.random(receipt.length)
  draft.half = toHex(first)
  visit.store.save(draft)
  return halvesOf(receipt, await listIn(languageOfWords()), () => first)[which].map((word) => word.normalize("NFC"))
}

/** A picture for another device's camera. It holds the text and nothing else: of the ten words no address says what they are for. */
export function qrPicture(text: string, name: string): SVGSVGElement {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: 4 })
  const svg = "http://www.w3.org/2000/svg"
  const picture = document.createElementNS(svg, "svg")
  const path = document.createElementNS(svg, "path")
  path.setAttribute("d", rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join(""))
  path.setAttribute("fill", "#000")
  picture.setAttribute("viewBox", `0 0 ${rows.length} ${rows.length}`)
  picture.setAttribute("class", "qr")
  picture.setAttribute("role", "img")
  picture.setAttribute("aria-label", name)
  picture.append(path)
  return picture
}

