/** The author's side of the protocol for those who come back. */
export { correct, living, noted, openStop, saw, setFrozen, setReading, stopContact, takeOut, waiting, type Stop } from "./living.js"
export { sendDirect } from "../core/direct.js"
export { add, directOf, openBox, refresh, sendNow, withdraw, type Opened, type OwnFiling } from "./returning.js"
export { makeStopCode } from "./stopping.js"
