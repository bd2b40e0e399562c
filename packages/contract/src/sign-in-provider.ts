import { z } from "zod"
import type { RouteTable } from "./route.ts"

const text = z.string().max(4000)

/** Signing in at a provider of OpenID Connect, where the installation has one. */
export const signInProviderRoutes = {
  "GET /auth/provider": {
    summary: "The provider that one can sign in by, if there is one",
    access: { by: "public" },
    reply: { status: 200, body: z.object({ name: z.string().nullable() }) },
  },
  "POST /auth/provider/begin": {
    summary: "Begin to sign in by the provider: go to the address that is answered",
    access: { by: "public" },
    session: "starts",
    body: z.strictObject({}),
    reply: { status: 200, body: z.object({ url: z.url() }) },
    faults: ["not_found", "unavailable"],
  },
  "POST /auth/provider/finish": {
    summary: "Sign in by what the provider sent the browser back with",
    access: { by: "public" },
    session: "starts",
    body: z.strictObject({
      state: text,
      code: text.optional(),
      iss: text.optional(),
      error: text.optional().meta({ description: "what the provider refused with" }),
    }),
    reply: {
      status: 200,
      body: z.object({
        user: z.object({ id: z.string(), name: z.string(), email: z.email() }).nullable(),
        secondStep: z.boolean().meta({ description: "as the sign-in by password answers it" }),
      }),
    },
    faults: ["not_found", "forbidden", "wrong_state", "unavailable"],
  },
} as const satisfies RouteTable
