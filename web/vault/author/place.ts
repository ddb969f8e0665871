import { paragraph } from "../dom.js"
import { actions, button } from "../fields.js"
import type { Place } from "../protocol.js"
import { say, told } from "../say.js"
import type { Visit } from "./visit.js"

/** Looks up this place beside what a person is doing, so that what every screen must say about it is said early. */
export async function lookUpPlace(visit: Visit): Promise<void> {
  const { placeOf } = await import("../protocol.js")
  const place = await placeOf()
  if (place !== null && !("changed" in place)) sayAbout(visit, place)
}

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
  sayAbout(visit, place)
  return place
}

function sayAbout({ page }: Visit, place: Place): void {
  page.warn(place.closed ? say("banner.closed") : place.policy.embedded ? say("banner.embedded") : null)
}
