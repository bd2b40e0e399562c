export { makeStores, type Stores } from "./make-stores.ts"
export type { StoreMeters } from "./stores-parts.ts"
