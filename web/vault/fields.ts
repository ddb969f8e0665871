import { fill, h, type Child } from "./dom.js"
import { say } from "./say.js"

/** No field is remembered, corrected or sent elsewhere by the browser. */
const unremembered = { autocomplete: "off", autocapitalize: "off", spellcheck: "false", translate: "no" } as const

let lastId = 0

export interface Labelled {
  readonly label: string
  readonly hint?: string | undefined
  readonly value?: string
  readonly onInput?: (value: string) => void
}

export interface Field<E extends HTMLElement> {
  readonly block: HTMLElement
  readonly control: E
  /** Says what is wrong with the value, or with `null` that nothing is. */
  wrong(text: string | null): void
}

export function textField(
  options: Labelled & { readonly type?: "text" | "tel" | "email" | "password" | "secret"; readonly ltr?: boolean },
): Field<HTMLInputElement> {
  const { type = "text" } = options
  const control = h("input", {
    ...unremembered,
    // A secret is no password: the browser must not offer to keep it.
    type: type === "email" || type === "secret" ? "text" : type,
    class: type === "secret" ? "secret" : undefined,
    inputmode: type === "tel" || type === "email" ? type : "text",
    autocomplete: type === "password" ? "new-password" : "off",
    dir: options.ltr ? "ltr" : "auto",
  })
  return labelled(control, options)
}

export function textArea(options: Labelled & { readonly long?: boolean }): Field<HTMLTextAreaElement> {
  return labelled(h("textarea", { ...unremembered, class: options.long ? "long" : undefined, dir: "auto", rows: 3 }), options)
}

export function selectField(options: Labelled, choices: readonly (readonly [string, string])[]): Field<HTMLSelectElement> {
  const control = h("select", { ...unremembered }, ...choices.map(([value, text]) => h("option", { value }, text)))
  return labelled(control, options)
}

/** One of a few, or several of a few, each with what follows from it. */
export function choices(options: {
  readonly legend: string
  readonly unseenLegend?: boolean
  readonly type: "radio" | "checkbox"
  readonly of: readonly { readonly value: string; readonly what: string | Node; readonly then?: string; readonly checked?: boolean }[]
  readonly onChange: (values: readonly string[]) => void
}): HTMLFieldSetElement {
  const name = `choice-${++lastId}`
  const controls = options.of.map((one) =>
    h("input", { ...unremembered, type: options.type, name, value: one.value, checked: one.checked }))
  const changed = () => options.onChange(controls.filter((control) => control.checked).map((control) => control.value))
  return h(
    "fieldset",
    { class: "stack", onchange: changed },
    h("legend", { class: options.unseenLegend ? "unseen" : undefined }, options.legend),
    h("div", { class: "choices" }, ...options.of.map((one, i) =>
      h("label", { class: "choice" }, controls[i] as HTMLInputElement,
        h("span", {}, h("span", { class: "what" }, one.what), one.then ? h("span", { class: "then" }, one.then) : null)))),
  )
}

export function button(text: string, onClick: () => void, kind: "main" | "plain" | "link" = "plain"): HTMLButtonElement {
  return h("button", { type: "button", class: kind === "plain" ? undefined : kind, onclick: onClick }, text)
}

export function actions(...children: readonly Child[]): HTMLElement {
  return h("div", { class: "actions" }, ...children)
}

/** Answers of the same size and weight. */
export function evenActions(...children: readonly Child[]): HTMLElement {
  return h("div", { class: "actions even" }, ...children)
}

/** A form whose Enter key and main button do the same thing; nothing is ever sent by the browser itself. */
export function form(onSubmit: () => void, ...children: readonly Child[]): HTMLFormElement {
  return h("form", {
    class: "stack",
    novalidate: true,
    autocomplete: "off",
    onsubmit: (event) => {
      event.preventDefault()
      onSubmit()
    },
  }, ...children)
}

export function submit(text: string): HTMLButtonElement {
  return h("button", { type: "submit", class: "main" }, text)
}

export function details(summary: string, ...children: readonly Child[]): HTMLDetailsElement {
  return h("details", {}, h("summary", {}, summary), ...children)
}

/** While something runs, a button says so and does nothing more; it keeps the focus. */
export async function whileBusy(control: HTMLButtonElement, text: string, run: () => Promise<void>): Promise<void> {
  if (control.getAttribute("aria-disabled") === "true") return

  const before = [...control.childNodes]
  control.setAttribute("aria-disabled", "true")
  fill(control, text)
  try {
    await run()
  } finally {
    control.removeAttribute("aria-disabled")
    control.replaceChildren(...before)
  }
}

function labelled<E extends HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>(control: E, options: Labelled): Field<E> {
  const id = `field-${++lastId}`
  control.id = id
  control.value = options.value ?? ""
  const { onInput } = options
  if (onInput) control.addEventListener("input", () => onInput(control.value))
  const wrong = h("p", { class: "wrong", id: `${id}-wrong` })
  control.setAttribute("aria-describedby", options.hint ? `${id}-hint ${wrong.id}` : wrong.id)
  const block = h("div", { class: "field" },
    h("label", { for: id }, options.label),
    options.hint ? h("p", { class: "hint", id: `${id}-hint` }, options.hint) : null,
    control,
    wrong)
  return {
    block,
    control,
    wrong(text) {
      fill(wrong, text)
      if (text === null) control.removeAttribute("aria-invalid")
      else {
        control.setAttribute("aria-invalid", "true")
        control.focus()
      }
    },
  }
}

/** The usual foot of a step. */
export function stepActions(back: () => void, next = say("next")): HTMLElement {
  return actions(submit(next), button(say("back"), back, "link"))
}
