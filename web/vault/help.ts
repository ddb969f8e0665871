import { locale } from "./language.js"
import { remember } from "./live.js"
import { fill, h, isolated, paragraph } from "./dom.js"
import { actions, button, selectField } from "./fields.js"
import { countryName, helpLines, inLanguage, likelyCountry, type HelpLine } from "./law/packs.js"
import type { Page } from "./page.js"
import { dateOf, say, told } from "./say.js"

/** Loads the list before it is needed. */
export async function loadHelp(): Promise<void> {
  await helpLines()
}

/** People to talk to, from a list that is part of these pages: it needs no network, and nobody learns who looked. */
export async function showHelp(page: Page, young: boolean): Promise<void> {
  const lines = await helpLines()
  const countries = [...new Set(lines.map((line) => line.country))]
  const list = h("div", { class: "stack", "aria-live": "polite" })
  const draw = (country: string) => {
    const shown = lines.filter((line) => line.country === country)
      .sort((a, b) => (young ? 1 : -1) * (Number(b.topic === "young-people") - Number(a.topic === "young-people")))
    fill(list, ...shown.map(lineSheet), country === "other" && h("div", {}, ...told("help.other")))
  }
  const country = likelyCountry(countries)
  const pick = selectField(
    { label: say("help.country"), hint: say("help.countryHint"), value: country, onInput: draw },
    [["", say("name.countryNone")], ...countries.map((code) => [code, countryName(code)] as const), ["other", say("deadlines.other")]])
  draw(country)
  page.showAside({
    heading: say("help.heading"),
    body: [...told("help.intro"), pick.block, list, actions(button(say("help.back"), () => page.endAside(), "main"))],
  })
}

function lineSheet(line: HelpLine): HTMLElement {
  const call = (number: string, scheme: "tel" | "sms") => h("a", { href: `${scheme}:${number.replace(/[^\d+]/g, "")}`, dir: "ltr", rel: "nofollow noreferrer" }, number)
  const languages = () => {
    const names = new Intl.DisplayNames(locale(), { type: "language" })
    return new Intl.ListFormat(locale()).format(line.languages.map((code) => names.of(code) ?? code))
  }
  return h("section", { class: "sheet" },
    h("h2", {}, isolated(line.name)),
    line.phone !== null && h("p", { class: "readback" }, call(line.phone, "tel")),
    line.message !== null && h("p", {}, say("help.message"), " ", call(line.message, "sms")),
    line.web !== null && h("p", {}, say("help.web"), " ", isolated(line.web)),
    h("p", {}, inLanguage(line.for), line.hours && " ", line.hours && inLanguage(line.hours), line.hours && ".", line.free === true && ` ${say("help.free")}`),
    paragraph(say("help.languages", { languages: remember(languages(), languages) }), "quiet small"),
    h("p", { class: "quiet small" }, say("deadlines.checked", { date: dateOf(Date.parse(line.checked_on) / 86_400_000) }), " ", isolated(line.source.title)))
}
