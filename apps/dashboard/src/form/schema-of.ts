import type { WriteRoute } from "../api/act.ts"

/** The part of the contract's schemas that a form needs. */
export interface Schema {
  safeParse(value: unknown): { error?: { issues: readonly Issue[] } | undefined }
}

interface Issue {
  path: readonly PropertyKey[]
  message: string
}

/**
 * The contract's schema of what a route takes, in a file of its own that is loaded when a form is
 * first touched: for the first page of a visit it would be too heavy.
 */
export async function schemaOf(route: WriteRoute): Promise<Schema | undefined> {
  const { routes } = await import("@vibecaas/contract/routes")
  const row = routes[route]
  return "body" in row ? row.body : undefined
}
