export { type Reading, readEvents } from "./read-events.ts"
