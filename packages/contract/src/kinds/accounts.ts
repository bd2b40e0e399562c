import { z } from "zod"
import { instant, userId } from "../ids.ts"
import { defineKind } from "../kind.ts"
import { ownAddressRoutes } from "../own-address.ts"
import { ownDataRoutes } from "../own-data.ts"
import { passkeyRoutes } from "../passkey.ts"
import type { RouteTable } from "../route.ts"
import { secondStepRoutes } from "../second-step.ts"
import { signInProviderRoutes } from "../sign-in-provider.ts"

export const account = z
  .object({ id: userId, name: z.string(), email: z.email() })
  .meta({ id: "Account" })

export const credentials = z.strictObject({
  email: z.email("Enter an address such as mara@example.com."),
  password: z
    .string()
    .min(10, "Use at least 10 characters.")
    .max(128, "Use at most 128 characters.")
    .regex(/\S/, "Use more than spaces."),
})
export const signUp = credentials.extend({
  name: z
    .string()
    .trim()
    .min(1, "Enter your name.")
    .max(80, "Use at most 80 characters.")
    .regex(/^[^\p{C}\u2028\u2029]*$/u, "Use only characters that can be seen."),
})

const session = z
  .object({
    id: z.string(),
    current: z.boolean().meta({ description: "the one that asks" }),
    ip: z.string().nullable().meta({ description: "from where it began" }),
    userAgent: z.string().nullable(),
    createdAt: instant,
    expiresAt: instant,
    impersonated: z
      .object({ byName: z.string(), reason: z.string() })
      .nullable()
      .meta({ description: "the administrator who looks as you by it, and why" }),
  })
  .meta({ id: "Session" })
export type Session = z.infer<typeof session>

const reply = { status: 200, body: z.object({ user: account }) } as const

/** What is not named here never reaches the sign-in library. */
export const accountRoutes = {
  "POST /auth/sign-up/email": {
    summary: "Make an account and sign in",
    access: { by: "public" },
    session: "starts",
    body: signUp.extend({
      invitation: z
        .string()
        .max(100)
        .optional()
        .meta({ description: "the token of an invitation, where only who is invited may come" }),
    }),
    reply,
    faults: ["forbidden", "name_taken"],
  },
  "POST /auth/sign-in/email": {
    summary: "Sign in; the answer sets the session cookie",
    access: { by: "public" },
    session: "starts",
    body: credentials.extend({
      // An old password may be shorter than what a new one must have.
      password: z.string().min(1, "Enter your password.").max(128),
    }),
    reply: {
      status: 200,
      body: z.object({
        user: account.nullable(),
        secondStep: z.boolean().meta({
          description: "nobody is signed in yet: go on with a code, by what this answer sets",
        }),
      }),
    },
    faults: ["unauthenticated", "forbidden"],
  },
  ...secondStepRoutes,
  ...passkeyRoutes,
  ...signInProviderRoutes,
  ...ownAddressRoutes,
  ...ownDataRoutes,
  "POST /auth/sign-out": {
    summary: "Sign out: the session ends everywhere",
    access: { by: "public" },
    session: "ends",
    body: z.strictObject({}),
    reply: { status: 200, body: z.object({ success: z.literal(true) }) },
  },
  "POST /auth/forget-password": {
    summary:
      "Ask for a mail with a link to a new password; the answer is the same for every address",
    access: { by: "public" },
    session: "starts",
    body: z.strictObject({ email: credentials.shape.email }),
    reply: { status: 202, body: z.object({ asked: z.literal(true) }) },
  },
  "POST /auth/reset-password": {
    summary: "Set a new password by the link of a mail; all sessions end",
    access: { by: "public" },
    session: "starts",
    body: z.strictObject({
      token: z.string().min(20, "This is no link of a mail.").max(100),
      newPassword: signUp.shape.password,
    }),
    reply: { status: 200, body: z.object({ success: z.literal(true) }) },
    faults: ["wrong_state"],
  },
  "PATCH /auth/account": {
    summary: "Change your name",
    access: { by: "user" },
    body: z.strictObject({ name: signUp.shape.name }),
    reply,
  },
  "GET /auth/sessions": {
    summary: "Where you are signed in, the newest first",
    access: { by: "user" },
    reply: { status: 200, body: z.object({ items: z.array(session) }) },
  },
  "DELETE /auth/sessions/{sessionId}": {
    summary: "End one of your sessions; what it has open is closed at once",
    access: { by: "user" },
    params: z.object({ sessionId: z.string().max(100) }),
    reply: { status: 204, body: null },
  },
  "POST /auth/change-password": {
    summary: "Change the password; all other sessions end",
    access: { by: "user" },
    session: "changes",
    body: z.strictObject({
      currentPassword: z.string().min(1, "Enter your current password.").max(128),
      newPassword: signUp.shape.password,
    }),
    reply,
  },
} as const satisfies RouteTable

export const accounts = defineKind({
  noun: "account",
  about:
    "Signing up, in and out, the password, the code that may be asked for beside it, and passkeys.",
  routes: accountRoutes,
})
