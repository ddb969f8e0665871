/** The author's side of the protocol for those who come back. */
export { correct, living, noted, openStop, saw, setFrozen, setReading, stopContact, takeOut, type Stop } from "./living.js"
export { add, openBox, refresh, withdraw, type Opened, type OwnFiling } from "./returning.js"
