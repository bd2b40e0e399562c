export { makeKeys } from "./make-keys.ts"
export { type KeyUse, rightsOfKey } from "./use-key.ts"
