import { z } from "zod"
import { userId } from "../ids.ts"
import { defineKind } from "../kind.ts"
import type { RouteTable } from "../route.ts"

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
    .regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u, "Use only characters that can be seen."),
})

const reply = { status: 200, body: z.object({ user: account }) } as const

/** What is not named here never reaches the sign-in library. */
export const accountRoutes = {
  "POST /auth/sign-up/email": {
    summary: "Make an account and sign in",
    access: { by: "public" },
    session: "starts",
    body: signUp,
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
    reply,
    faults: ["unauthenticated"],
  },
  "POST /auth/sign-out": {
    summary: "Sign out: the session ends everywhere",
    access: { by: "public" },
    session: "ends",
    body: z.strictObject({}),
    reply: { status: 200, body: z.object({ success: z.literal(true) }) },
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
  about: "Signing up, in and out, and the password.",
  routes: accountRoutes,
})
