import { z } from "zod"
import { instant } from "./ids.ts"
import type { RouteTable } from "./route.ts"

/** A name that is offered for it, e.g. "Chrome on Linux", has to fit. */
const name = z
  .string()
  .trim()
  .min(1, "Enter a name.")
  .max(60, "Use at most 60 characters.")
  .regex(/^[^\p{C}\u2028\u2029]*$/u, "Use only characters that can be seen.")

export const passkey = z
  .object({
    id: z.string(),
    name: z.string(),
    synced: z.boolean().meta({ description: "whoever keeps it can bring it to other devices" }),
    createdAt: instant,
  })
  .meta({ id: "Passkey" })
export type Passkey = z.infer<typeof passkey>

const options = z.record(z.string(), z.unknown()).meta({
  description: "what the browser is asked with, as WebAuthn says it in JSON; for five minutes",
})
const response = z
  .looseObject({ id: z.string().min(1).max(2000) })
  .meta({ description: "what the browser answered, as WebAuthn says it in JSON" })
const params = z.object({ passkeyId: z.string().max(100) })

/** Signing in by what a device keeps, in place of the password and its second step. */
export const passkeyRoutes = {
  "GET /auth/passkeys": {
    summary: "Your passkeys, the newest first",
    access: { by: "user" },
    reply: { status: 200, body: z.object({ items: z.array(passkey) }) },
  },
  "POST /auth/passkeys/begin": {
    summary: "Begin to add a passkey, by your password",
    access: { by: "user" },
    session: "changes",
    body: z.strictObject({ password: z.string().min(1, "Enter your password.").max(128) }),
    reply: { status: 200, body: z.object({ options }) },
  },
  "POST /auth/passkeys": {
    summary: "Add the passkey that your browser made; you get a mail about it",
    access: { by: "user" },
    session: "changes",
    body: z.strictObject({ name, response }),
    reply: { status: 201, body: passkey },
    faults: ["wrong_state"],
  },
  "PATCH /auth/passkeys/{passkeyId}": {
    summary: "Rename a passkey",
    access: { by: "user" },
    params,
    body: z.strictObject({ name }),
    reply: { status: 200, body: passkey },
  },
  "DELETE /auth/passkeys/{passkeyId}": {
    summary: "Remove a passkey: it opens nothing more; sessions and other passkeys stay",
    access: { by: "user" },
    params,
    reply: { status: 204, body: null },
  },
  "POST /auth/sign-in/passkey/begin": {
    summary: "Begin to sign in by a passkey",
    access: { by: "public" },
    session: "starts",
    body: z.strictObject({}),
    reply: { status: 200, body: z.object({ options }) },
  },
  "POST /auth/sign-in/passkey": {
    summary: "Sign in by what a passkey answered; no second step is asked for",
    access: { by: "public" },
    session: "starts",
    body: z.strictObject({ response }),
    reply: {
      status: 200,
      body: z.object({ user: z.object({ id: z.string(), name: z.string(), email: z.email() }) }),
    },
    faults: ["unauthenticated", "wrong_state", "forbidden"],
  },
} as const satisfies RouteTable
