export { makeAdministration } from "./make-administration.ts"
export type { AccountDesk } from "./parts.ts"
