export { emit, type LiveEvent } from "./emit.ts"
export { type Reading, type ReadOptions, readEvents, type Told } from "./read-events.ts"
