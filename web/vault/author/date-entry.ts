import { readDate } from "../../core/date-words.js"
import { formatEdtf, singleDate, type SingleDate } from "../../core/edtf.js"
import type { Dated } from "../../core/record.js"
import { dateInWords, monthNames } from "../dates.js"
import { fill, h, isolated, paragraph } from "../dom.js"
import { actions, button, details, selectField, textField, type Field } from "../fields.js"
import { say } from "../say.js"

const kinds = ["day", "month", "season", "year", "between"] as const
type Kind = (typeof kinds)[number]

/** Parts of a date, as they stand in the fields. */
interface Parts {
  day: string
  month: string
  season: string
  year: string
}

/**
 * Enters a date as near as somebody knows it: typed in their own words and read back, or put together from parts. The words
 * they typed stay beside what they were read as.
 */
export function dateEntry(options: { readonly label: string, readonly hint?: string, readonly value: Dated | null, readonly onChange: (dated: Dated | null) => void }): HTMLElement {
  const understood = h("div", { "aria-live": "polite" })
  const set = (typed: string, edtf: string | null) => {
    options.onChange(typed.trim() === "" ? null : { typed, edtf })
    const words = edtf === null ? null : dateInWords(edtf)
    fill(understood, typed.trim() !== "" && (words === null
      ? paragraph(say("dates.unread"), "quiet small")
      : h("p", { class: "quiet" }, say("dates.read"), " ", h("strong", {}, isolated(words)))))
  }
  const typed = textField({
    label: options.label, hint: options.hint, value: options.value?.typed ?? "",
    onInput: (text) => set(text, readDate(text, document.documentElement.lang)),
  })
  if (options.value !== null) set(options.value.typed, options.value.edtf)
  const use = (edtf: string) => {
    typed.control.value = dateInWords(edtf) ?? ""
    set(typed.control.value, edtf)
    typed.control.focus()
  }
  return h("div", { class: "stack" }, typed.block, understood, details(say("dates.choose"), chooser(use)))
}

/** A date from parts, for those to whom that comes easier. */
function chooser(use: (edtf: string) => void): HTMLElement {
  let kind: Kind = "month"
  let about = false
  const [first, second] = [emptyParts(), emptyParts()]
  const fields = h("div", { class: "stack" })
  const wrong = paragraph("", "wrong")
  wrong.setAttribute("role", "alert")
  const draw = () => fill(fields, ...(kind === "between"
    ? [partFields("year", first, say("dates.from")), partFields("year", second, say("dates.to"))]
    : [partFields(kind, first, null)]))
  const pick = selectField(
    { label: say("dates.kind"), value: kind, onInput: (value) => {
      kind = value as Kind
      draw()
    } },
    kinds.map((each) => [each, say(`dates.kind.${each}`)]))
  const around = h("input", { type: "checkbox", autocomplete: "off" })
  around.addEventListener("change", () => (about = around.checked))
  draw()
  return h("div", { class: "stack" }, pick.block, fields,
    h("label", { class: "choice" }, around, h("span", { class: "what" }, say("dates.around"))),
    wrong,
    actions(button(say("dates.use"), () => {
      const edtf = edtfOf(kind, first, second, about)
      wrong.textContent = edtf === null ? say("dates.missing") : ""
      if (edtf !== null) use(edtf)
    })))
}

function partFields(kind: Exclude<Kind, "between">, parts: Parts, legend: string | null): HTMLElement {
  const year = textField({ label: say("dates.year"), ltr: true, value: parts.year, onInput: (value) => (parts.year = value) })
  const month = selectField({ label: say("dates.month"), value: parts.month, onInput: (value) => (parts.month = value) },
    monthNames().map((name, i) => [String(i + 1), name]))
  const day = textField({ label: say("dates.day"), ltr: true, value: parts.day, onInput: (value) => (parts.day = value) })
  const season = selectField({ label: say("dates.season"), value: parts.season, onInput: (value) => (parts.season = value) },
    ([1, 2, 3, 4] as const).map((n) => [String(20 + n), say(`dates.seasonName${n}`)]))
  const shown: Record<typeof kind, readonly Field<HTMLElement>[]> = { day: [day, month, year], month: [month, year], season: [season, year], year: [year] }
  return h("fieldset", { class: "stack" }, legend === null ? null : h("legend", {}, legend), ...shown[kind].map(({ block }) => block))
}

function emptyParts(): Parts {
  return { day: "", month: "1", season: "21", year: "" }
}

function edtfOf(kind: Kind, first: Parts, second: Parts, about: boolean): string | null {
  const from = dateOf(kind === "between" ? "year" : kind, first, about)
  if (kind !== "between") return from && formatEdtf(from)
  const to = dateOf("year", second, about)
  return from && to && from.year <= to.year ? formatEdtf({ from, to }) : null
}

function dateOf(kind: Exclude<Kind, "between">, { day, month, season, year }: Parts, about: boolean): SingleDate | null {
  if (!/^\s*\d{4}\s*$/.test(year)) return null
  switch (kind) {
    case "day": return /^\s*\d{1,2}\s*$/.test(day) ? singleDate(Number(year), Number(month), Number(day), about) : null
    case "month": return singleDate(Number(year), Number(month), null, about)
    case "season": return singleDate(Number(year), Number(season), null, about)
    case "year": return singleDate(Number(year), null, null, about)
  }
}
