import { wordSheet } from "../vault/author/word-sheet.js"
import { h, isolated, paragraph, type Child } from "../vault/dom.js"
import { actions, button, choices, details, evenActions, form, selectField, stepActions, submit, textArea, textField } from "../vault/fields.js"
import { offerLanguages } from "../vault/language-menu.js"
import { choose, preferred, speak } from "../vault/language.js"
import { Page } from "../vault/page.js"
import { picture } from "../vault/pictures.js"
import { say, told } from "../vault/say.js"
import { wordEntry } from "../vault/word-entry.js"

/**
 * Every part of the pages in each of its states, made by the code that makes the pages. For those who work on them: it is
 * served only where an option of the vault asks for it, and belongs to no release.
 */
await speak(preferred())
const page = new Page()
offerLanguages()
const nothing = () => {}
page.offer(button(say("help.tool"), nothing, "link"))
page.offer(button(say("lock.tool"), nothing, "link"))
page.warn(say("banner.embedded"))
page.mark(say("keep.saved"))
page.show({ heading: say("write.heading"), step: { n: 1, of: 9 }, body: [
  paragraph(say("write.intro")),
  h("p", {}, button("en-XA", () => void choose("en-XA"), "link")),
  ...part("Colour", ...colours()),
  ...part("Type", h("h2", {}, say("name.codes")), h("h3", {}, say("room.why")), ...told("keep.text"), paragraph(say("write.kept"), "quiet"), paragraph(say("return.device"), "quiet small"),
    h("p", {}, h("a", { href: "#" }, say("traces.heading")))),
  ...part("Buttons", actions(button(say("next"), nothing, "main"), button(say("receipt.print"), nothing), button(say("back"), nothing, "link")),
    evenActions(button(say("keep.yes"), nothing), button(say("keep.no"), nothing)), actions(busy())),
  ...part("Fields", ...fields()),
  ...part("Choices", ...several()),
  ...part("Words set apart", h("div", { class: "note" }, ...told("receipt.keep")), h("div", { class: "note care" }, paragraph(say("seal.stopped"))),
    h("div", { class: "sheet" }, h("h2", {}, say("status.sealed.heading")), ...told("status.sealed")),
    h("dl", { class: "facts" }, h("div", {}, h("dt", {}, say("own.identifiers")), h("dd", {}, isolated(say("name.tel.read", { value: "+33 6 12 34 56 78" }))))),
    details(say("write.help"), ...told("write.helpText"))),
  ...part("Lists", ...lists()),
  ...part("Ten words", wordSheet(["abandon", "ability", "able", "about", "above", "absent", "absorb", "abstract", "absurd", "abuse"]), wordEntry().block),
  ...part("Pictures", h("p", {}, ...(["box", "code", "choice", "road", "eye"] as const).map((name) => picture(name)))),
  form(nothing, stepActions(nothing)),
] })

function part(name: string, ...children: readonly Child[]): Child[] {
  return [h("h2", { "lang": "en", "dir": "ltr", "data-own": true }, name), h("div", { class: "stack" }, ...children)]
}

/** Straight from the style sheet: what is a colour there is one here. */
function colours(): Child[] {
  const root = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).find((rule) => rule instanceof CSSStyleRule && rule.selectorText === ":root")
  const names = root instanceof CSSStyleRule ? [...root.style].filter((name) => root.style.getPropertyValue(name).trim().startsWith("#")) : []
  return [h("ul", { "class": "plain beside", "dir": "ltr", "data-own": true }, ...names.map((name) => {
    const swatch = h("span", { class: "swatch" })
    swatch.style.background = `var(${name})`
    return h("li", {}, swatch, " ", name)
  }))]
}

function busy(): HTMLElement {
  const control = button(say("return.opening"), nothing, "main")
  control.setAttribute("aria-disabled", "true")
  return control
}

function fields(): Child[] {
  const wrong = textField({ label: say("name.telLabel"), type: "tel", ltr: true, value: "06 12", hint: say("name.countryHint") })
  wrong.wrong(say("name.help.not-a-number"))
  return [
    textField({ label: say("reach.name"), hint: say("reach.nameHint") }).block, wrong.block,
    textField({ label: say("keep.code"), hint: say("keep.codeHint"), type: "secret", value: "1234" }).block,
    selectField({ label: say("name.country"), hint: say("name.countryHint") }, [["", say("name.countryNone")], ["FR", "France (+33)"]]).block,
    textArea({ label: say("write.label"), long: true, value: "It began in spring." }).block,
    submit(say("name.yes")),
  ]
}

function several(): Child[] {
  const numbers = ([2, 3, "keep"] as const).map((n) => ({ value: String(n), what: say(`number.${n}`), then: say(`number.${n}.then`), checked: n === 2 }))
  const kinds = ["tel", "email", "handle", "url", "member"] as const
  return [
    choices({ legend: say("number.ask"), type: "radio", of: numbers, onChange: nothing }),
    choices({ legend: say("counselors.leaveOut"), type: "checkbox", of: [{ value: "1", what: say("age.adult"), checked: true }, { value: "2", what: say("age.unsaid") }], onChange: nothing }),
    h("fieldset", { class: "field" }, h("legend", {}, say("name.type")), h("div", { class: "tabs" }, ...kinds.map((kind) =>
      h("label", {}, h("input", { type: "radio", name: "kind", autocomplete: "off", checked: kind === "tel" }), say(`name.${kind}`))))),
  ]
}

function lists(): Child[] {
  const stages = ["words", "codes", "keepers", "lock", "send"] as const
  return [
    h("ul", { class: "rows" }, ...["+33 6 12 34 56 78", "sam@example.org"].map((value, i) => h("li", {},
      h("span", {}, isolated(say(i === 0 ? "name.tel.read" : "name.email.read", { value }))), button(say("remove"), nothing, "link")))),
    h("ul", { class: "rooms plain" }, ...(["words", "when"] as const).map((room) => h("li", {}, button(say(`room.${room}`), nothing, "link"), h("span", { class: "quiet small" }, say("rooms.empty"))))),
    h("ol", { class: "progress" }, ...stages.map((stage, i) => h("li", { "data-state": ["done", "done", "now", "stuck", "later"][i] }, say(`seal.${stage}`)))),
    h("button", { type: "button", class: "case" }, h("span", { class: "code", translate: "no" }, "River 12"), h("span", { class: "state" }, say("desk.case.contact"))),
  ]
}
