import { h } from "./dom.js"
import { choose, isLanguage, languages, spoken } from "./language.js"
import { say } from "./say.js"

const names = Object.entries(languages)

/** The choice of a language above every screen. Nothing keeps it but a locked copy. */
export function offerLanguages(): void {
  const menu = h("select", { "aria-label": say("language"), "autocomplete": "off", "class": "language" },
    ...names.map(([tag, name]) => h("option", { value: tag, lang: tag, translate: "no" }, name)))
  const show = () => (menu.value = spoken())
  menu.addEventListener("change", () => {
    if (isLanguage(menu.value)) void choose(menu.value).catch(show)
  })
  document.addEventListener("spoken", show)
  document.getElementById("languages")?.replaceChildren(menu)
  show()
}

/** The same for those who do not look for a menu: each language by its own name. */
export function languageButtons(): HTMLElement {
  return h("ul", { class: "plain languages" }, ...names.map(([tag, name]) => h("li", {},
    h("button", { type: "button", class: "link", lang: tag, translate: "no", onclick: () => isLanguage(tag) && void choose(tag).catch(() => null) }, name))))
}
