import type { authPaths } from "@vibecaas/contract/kinds/tenants"
import type { WriteRoute } from "../api/act.ts"

/** The part of the contract's schemas that a form needs. */
export interface Schema {
  safeParse(value: unknown): { error?: { issues: readonly Issue[] } | undefined }
}

interface Issue {
  path: readonly PropertyKey[]
  message: string
}

type SignInCall = (typeof authPaths)[number]

/**
 * The contract's schema of what a route takes, in a file of its own that is loaded when a form is
 * first touched: for the first page of a visit it would be too heavy.
 */
export async function schemaOf(route: WriteRoute | SignInCall): Promise<Schema | undefined> {
  if (isSignIn(route)) {
    const { signInBodies } = await import("@vibecaas/contract/kinds/tenants")
    return signInBodies[route]
  }
  const { routes } = await import("@vibecaas/contract/routes")
  const row = routes[route]
  return "body" in row ? row.body : undefined
}

function isSignIn(route: string): route is SignInCall {
  return route.startsWith("POST /auth/")
}
