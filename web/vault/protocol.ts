/** The author's side of the protocol. It comes with the first step that needs it: reading the first page loads no cryptography. */
export { placeOf, type Place } from "./place.js"
export { beginEntry, newReceipt, obtainByInvitation, obtainByWork, type Entry } from "./entering.js"
export { advance, beginSealing, type Attempt, type Part, type Stage, type Unfinished } from "./filing.js"
export { correct, living, makeStopCode, noted, openStop, setFrozen, setReading, stopContact, takeOut, type Stop } from "./stopping.js"
export { add, openBox, refresh, withdraw, type Opened, type OwnFiling } from "./returning.js"
