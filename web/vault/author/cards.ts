import { fill, h, isolated, paragraph } from "../dom.js"
import { actions, button, details, form, stepActions } from "../fields.js"
import { picture } from "../pictures.js"
import { say, told } from "../say.js"
import type { CardNumber } from "./card-versions.js"
import { showCheck } from "./check.js"
import { back, stepOf } from "./flow.js"
import type { Visit } from "./visit.js"

const pictures = ["box", "code", "choice", "road", "eye"] as const
const versions = ["plain", "detailed", "technical"] as const
type Version = typeof versions[number]

/** Five cards, one thought each, in three versions. The way to the seal leads through all of them, and the last names who holds the keys. */
export function showCards(visit: Visit, card: CardNumber = 1, version: Version = "plain"): void {
  const text = h("div", { class: "stack" }, ...told(`cards.${card}`))
  const wrong = paragraph("", "wrong")
  wrong.setAttribute("role", "alert")
  const choose = async (chosen: Version) => {
    version = chosen
    fill(wrong)
    const more = chosen === "plain" ? null : await import("./card-versions.js").catch(() => null)
    if (chosen !== "plain" && more === null) return fill(wrong, say("entry.unreachable"))
    if (version === chosen) fill(text, ...(chosen === "plain" || more === null ? told(`cards.${card}`) : more.longer(chosen, card)))
  }
  if (version !== "plain") void choose(version)

  let namesShown = false
  const goOn = () => {
    if (card < 5) return showCards(visit, (card + 1) as CardNumber, version)
    if (!namesShown) return fill(wrong, say("cards.noNames"))

    visit.draft.informed = true
    visit.store.save(visit.draft)
    showCheck(visit, () => showCards(visit, 5, version))
  }
  visit.page.show({
    heading: say(`cards.${card}.heading`),
    step: stepOf("cards"),
    body: [
      picture(pictures[card - 1] ?? "box"),
      text,
      card === 5 && keyHolders(() => {
        namesShown = true
        fill(wrong)
      }),
      paragraph(say("cards.count", { n: card }), "quiet small"),
      wrong,
      form(goOn, stepActions(() => void (card === 1 ? back(visit, "cards") : showCards(visit, (card - 1) as CardNumber, version)))),
      otherVersions(version, (chosen) => void choose(chosen)),
    ],
  })
}

function otherVersions(current: Version, choose: (version: Version) => void): HTMLElement {
  const block = details(say("explain.tap"), h("fieldset", { class: "field" },
    h("legend", {}, say("explain.legend")),
    h("div", { class: "tabs" }, ...versions.map((version) => {
      const radio = h("input", { type: "radio", name: "card-version", autocomplete: "off", checked: version === current })
      radio.addEventListener("change", () => choose(version))
      return h("label", {}, radio, say(`explain.${version}`))
    }))))
  block.open = current !== "plain"
  return block
}

/** Who holds the keys, by name; `shown` is called once they stand there. Without a network it can be tried again. */
function keyHolders(shown: () => void): HTMLElement {
  const block = h("div", { class: "note", "aria-live": "polite" })
  const load = async () => {
    fill(block, paragraph(say("cards.asking")))
    const place = await import("../protocol.js").then(({ placeOf }) => placeOf()).catch(() => null)
    if (place === null || "changed" in place) {
      return fill(block, paragraph(say("entry.unreachable")), actions(button(say("entry.again"), () => void load())))
    }
    fill(block,
      h("ul", { class: "key-holders" }, ...place.keepers.map((keeper) => h("li", {}, isolated(keeper.name)))),
      paragraph(say("cards.keepers", { s: place.quorum, n: place.keepers.length }), "small"))
    shown()
  }
  void load()
  return block
}
