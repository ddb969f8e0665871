import { told } from "../say.js"

export type CardNumber = 1 | 2 | 3 | 4 | 5

/** What a card says, said at more length: with more of how it is done, or in the words of the field. The facts are the same. */
export function longer(version: "detailed" | "technical", card: CardNumber): HTMLElement[] {
  return version === "detailed" ? told(`detailed.${card}`) : told(`technical.${card}`)
}
