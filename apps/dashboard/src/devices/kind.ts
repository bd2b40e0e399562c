import type { Kind } from "../kind.ts"

/** Programs that sign in as a person, who allows it here. */
export const devicesKind = {} as const satisfies Kind
