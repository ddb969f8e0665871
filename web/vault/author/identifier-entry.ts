import type { IdentifierType } from "../../core/identifiers.js"
import { fill, h, isolated, paragraph, type Child } from "../dom.js"
import { form, selectField, submit, textField, type Field } from "../fields.js"
import { countries, platforms, read, type Reading, type Typed } from "../identify.js"
import { say, type Key } from "../say.js"
import type { NamedBy } from "./visit.js"

const types = ["tel", "email", "handle", "url", "member"] as const

/**
 * Enters one identifier: says in plain words what it was understood as, and asks for phones and e-mails twice, since a
 * slip of the finger there names somebody else.
 *
 * @param add - Takes what was confirmed; answers what is wrong with it, or null.
 */
export function identifierEntry(add: (named: readonly NamedBy[]) => string | null): HTMLElement {
  const panel = h("div", { class: "stack" })
  const block = h("div", { class: "sheet" })
  const show = (type: IdentifierType) => void panelFor(type, add).then((children) => fill(panel, ...children))
  const tabs = h("fieldset", { class: "field" },
    h("legend", {}, say("name.type")),
    h("div", { class: "tabs" }, ...types.map((type) => {
      const radio = h("input", { type: "radio", name: "identifier-type", autocomplete: "off", checked: type === "tel" })
      radio.addEventListener("change", () => show(type))
      return h("label", {}, radio, say(`name.${type}`))
    })))
  show("tel")
  fill(block, tabs, panel)
  return block
}

async function panelFor(type: IdentifierType, add: (named: readonly NamedBy[]) => string | null): Promise<Child[]> {
  const typed: Typed = { type, text: "", country: "", platform: "", issuer: "" }
  const again: Typed = { ...typed }
  let reading: Reading = null
  const also = h("input", { type: "checkbox", autocomplete: "off" })
  const understood = h("div", { "aria-live": "polite" })
  const twice = type === "tel" || type === "email"

  const main = textField({
    label: say(`name.${type}Label`), ltr: true, type: type === "tel" || type === "email" ? type : "text",
    hint: type === "handle" ? say("name.handleHint") : undefined,
    onInput: (value) => {
      typed.text = value
      void reread()
    },
  })
  const second = textField({
    label: say(type === "tel" ? "name.telAgain" : "name.emailAgain"), ltr: true, type: type === "tel" ? "tel" : "email",
    onInput: (value) => (again.text = value),
  })
  second.block.hidden = true

  const reread = async () => {
    const text = typed.text
    const answer = await read(typed)
    if (typed.text !== text) return

    reading = answer
    main.control.removeAttribute("aria-invalid")
    main.wrong(null)
    second.block.hidden = !(twice && answer !== null && "canonical" in answer)
    also.checked = false
    fill(understood, answer !== null && "canonical" in answer && readback(answer, also))
  }
  const confirm = async () => {
    await reread()
    if (reading === null || "unusable" in reading) {
      main.wrong(say(reading?.unusable ?? "name.unusable"))
      return
    }
    if (twice) {
      const other = await read({ ...typed, text: again.text })
      if (other === null) return second.wrong(say("name.again"))
      if (!("canonical" in other) || other.canonical !== reading.canonical) return second.wrong(say("name.differs"))
    }
    const { canonical, words } = reading
    const more = also.checked && reading.also ? [reading.also] : []
    main.wrong(add([{ canonical, words }, ...more]))
  }

  return [form(() => void confirm(), ...await besides(type, typed, () => void reread()), main.block, understood,
    second.block, h("div", {}, submit(say("name.yes"))))]
}

function readback({ words, also }: Exclude<Reading, null | { unusable: Key }>, alsoBox: HTMLInputElement): HTMLElement {
  return h("div", { class: "note" },
    paragraph(say("name.readback"), "small"),
    h("p", { class: "readback" }, isolated(words)),
    h("p", { class: "small" }, say("name.readbackAsk"), " ", say("name.readbackNoLook")),
    also && h("label", { class: "choice" }, alsoBox, h("span", {},
      h("span", { class: "what" }, say("name.also", { words: also.words })), h("span", { class: "then" }, say("name.alsoThen")))))
}

/** What an identifier needs besides its text: where a number is from, which site a name is on. */
async function besides(type: IdentifierType, typed: Typed, changed: () => void): Promise<HTMLElement[]> {
  const set = (key: "country" | "platform" | "issuer") => (value: string) => {
    typed[key] = value
    changed()
  }
  const blocks: Field<HTMLSelectElement | HTMLInputElement>[] = []
  if (type === "tel") {
    blocks.push(selectField(
      { label: say("name.country"), hint: say("name.countryHint"), onInput: set("country") },
      [["", say("name.countryNone")], ...await countries()]))
  }
  if (type === "handle") {
    const known = platforms()
    typed.platform = known[0]?.[0] ?? ""
    blocks.push(selectField({ label: say("name.platform"), value: typed.platform, onInput: set("platform") }, known))
  }
  if (type === "member") {
    blocks.push(textField({ label: say("name.organisation"), hint: say("name.organisationHint"), ltr: true, onInput: set("issuer") }))
  }
  return blocks.map((field) => field.block)
}
