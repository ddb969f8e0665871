/** The author's side of the protocol, up to the seal. It comes with the first step that needs it: reading the first page loads no cryptography. */
export { placeOf, type Place } from "./place.js"
export { beginEntry, newReceipt, obtainByInvitation, obtainByWork, type Entry } from "./entering.js"
export { advance, beginSealing, type Attempt, type Part, type Stage, type Unfinished } from "./filing.js"
export { makeStopCode } from "./stopping.js"
