import { fill, h, isolated, paragraph } from "../dom.js"
import { form, stepActions } from "../fields.js"
import { picture } from "../pictures.js"
import { say, told } from "../say.js"
import { back, forward, stepOf } from "./flow.js"
import type { Visit } from "./visit.js"

const pictures = ["box", "code", "choice", "road", "eye"] as const
type CardNumber = 1 | 2 | 3 | 4 | 5

/** Five cards, one thought each. The way to the seal leads through all of them, and the last names who holds the keys. */
export function showCards(visit: Visit, card: CardNumber = 1): void {
  visit.page.show({
    heading: say(`cards.${card}.heading`),
    step: stepOf("cards"),
    body: [
      picture(pictures[card - 1] ?? "box"),
      ...told(`cards.${card}`),
      card === 5 && keyHolders(visit),
      paragraph(say("cards.count", { n: card }), "quiet small"),
      form(
        () => void (card === 5 ? forward(visit, "cards") : showCards(visit, (card + 1) as CardNumber)),
        stepActions(() => void (card === 1 ? back(visit, "cards") : showCards(visit, (card - 1) as CardNumber)))),
    ],
  })
}

function keyHolders(visit: Visit): HTMLElement {
  const block = h("div", { class: "note", "aria-live": "polite" })
  void import("../protocol.js").then(({ placeOf }) => placeOf()).then((place) => {
    if (place === null || "changed" in place) return
    fill(block,
      h("ul", {}, ...place.keepers.map((keeper) => h("li", {}, isolated(keeper.name)))),
      paragraph(say("cards.keepers", { s: place.quorum, n: place.keepers.length }), "small"))
  })
  return block
}
