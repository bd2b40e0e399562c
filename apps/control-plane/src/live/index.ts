export { emit, type LiveEvent } from "./emit.ts"
