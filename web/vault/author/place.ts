import { paragraph } from "../dom.js"
import { actions, button } from "../fields.js"
import type { Place } from "../protocol.js"
import { say, told } from "../say.js"
import type { Visit } from "./visit.js"

/**
 * The keys and people of this place. When the server does not answer, says so and offers to try again; when its keys are
 * not those we knew, says that and goes no further.
 */
export async function placeOrTryAgain(visit: Visit, again: (visit: Visit) => unknown): Promise<Place | null> {
  const { placeOf } = await import("../protocol.js")
  const place = await placeOf()
  if (place !== null && "changed" in place) {
    visit.page.show({ heading: say("seal.stopped"), body: told("seal.changed") })
    return null
  }
  if (place === null) {
    visit.page.show({
      heading: say("seal.waitHeading"),
      body: [paragraph(say("entry.unreachable")), actions(button(say("entry.again"), () => again(visit), "main"))],
    })
    return null
  }
  visit.page.warn(place.policy.embedded ? say("banner.embedded") : null)
  return place
}
