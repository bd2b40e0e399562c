export { emit } from "./emit.ts"
export { type Reading, readEvents } from "./read-events.ts"
