import type { Kind } from "../kind.ts"

/** What the platform writes to people. */
export const mailKind = {} as const satisfies Kind
