export { missingFor, ownNames } from "./given.ts"
export { type AppSecrets, makeSecrets } from "./make-secrets.ts"
export type { Mask } from "./mask.ts"
export type { Vault } from "./vault.ts"
