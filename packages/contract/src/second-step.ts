import { z } from "zod"
import type { RouteTable } from "./route.ts"

/** Recovery codes that somebody is given at once. */
export const recoveryCodesCount = 10

const password = z.string().min(1, "Enter your password.").max(128)
const user = z.object({ user: z.object({ id: z.string(), name: z.string(), email: z.email() }) })
const recoveryCodes = z
  .array(z.string())
  .meta({ description: "each opens the account once in place of a code; shown only now" })

export const secondStepState = z
  .object({
    on: z.boolean(),
    recoveryCodes: z.int().meta({ description: "that were not used yet" }),
  })
  .meta({ id: "SecondStep" })
export type SecondStepState = z.infer<typeof secondStepState>

export const secondStepBegun = z
  .object({
    address: z.string().meta({ description: "what an authenticator app reads, as a QR code" }),
    key: z.string().meta({ description: "the same for typing, in base 32" }),
    recoveryCodes,
  })
  .meta({ id: "SecondStepBegun" })
export type SecondStepBegun = z.infer<typeof secondStepBegun>

/** What a sign-in asks beyond the password, for whoever turned it on. */
export const secondStepRoutes = {
  "GET /auth/second-step": {
    summary: "Whether signing in as you asks for a code, and how many recovery codes are left",
    access: { by: "user" },
    reply: { status: 200, body: secondStepState },
  },
  "POST /auth/second-step/begin": {
    summary: "Get a key for an authenticator app; nothing is on before a code of it was told",
    access: { by: "user" },
    session: "changes",
    body: z.strictObject({ password }),
    reply: { status: 200, body: secondStepBegun },
    faults: ["wrong_state"],
  },
  "POST /auth/second-step/confirm": {
    summary: "Turn the second step on, by a code of the authenticator app",
    access: { by: "user" },
    session: "changes",
    body: z.strictObject({
      code: z
        .string()
        .transform((text) => text.replaceAll(/\s/g, ""))
        .pipe(z.string().regex(/^\d{6}$/, "Enter the six digits that the app shows.")),
    }),
    reply: { status: 200, body: user },
    faults: ["wrong_state"],
  },
  "POST /auth/second-step/recovery-codes": {
    summary: "Get new recovery codes; those before open nothing more",
    access: { by: "user" },
    session: "changes",
    body: z.strictObject({ password }),
    reply: { status: 200, body: z.object({ recoveryCodes }) },
    faults: ["wrong_state"],
  },
  "POST /auth/second-step/end": {
    summary: "Turn the second step off: the password alone signs in again",
    access: { by: "user" },
    session: "changes",
    body: z.strictObject({ password }),
    reply: { status: 200, body: user },
    faults: ["wrong_state"],
  },
  "POST /auth/sign-in/second-step": {
    summary: "Go on with a sign-in that asked for a code, within ten minutes",
    access: { by: "public" },
    session: "starts",
    body: z.strictObject({
      code: z
        .string()
        .trim()
        .min(6, "Enter the six digits of your app, or a recovery code.")
        .max(20, "Enter the six digits of your app, or a recovery code."),
      trust: z
        .boolean()
        .default(false)
        .meta({ description: "this browser is not asked for a code for 30 days" }),
    }),
    reply: { status: 200, body: user },
    faults: ["wrong_state", "forbidden"],
  },
} as const satisfies RouteTable
