import { z } from "zod"
import { instant } from "../ids.ts"
import { defineKind } from "../kind.ts"
import type { RouteTable } from "../route.ts"
import { account } from "./accounts.ts"

const code = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[B-DF-HJ-NP-TV-Z]{4}-[B-DF-HJ-NP-TV-Z]{4}$/, "A code reads BCDF-GHJK.")
  .meta({ examples: ["BCDF-GHJK"] })

/** How a program asks, and how often it may look whether somebody allowed it. */
export const deviceRoutes = {
  "POST /auth/device": {
    summary: "Begin to sign a program in: a person allows it in their browser",
    access: { by: "public" },
    body: z.strictObject({
      name: z
        .string()
        .trim()
        .min(1, "Say what asks, for example “vibecaas on halden-laptop”.")
        .max(80, "Use at most 80 characters.")
        .regex(/^[^\p{C}]*$/u, "Use only characters that can be seen."),
    }),
    reply: {
      status: 201,
      body: z.object({
        code: z.string().meta({ description: "what the person compares" }),
        secret: z.string().meta({ description: "what the program shows for its session" }),
        url: z.url().meta({ description: "where the person allows it" }),
        expiresAt: instant,
        pollSeconds: z.int(),
      }),
    },
  },
  "POST /auth/device/look": {
    summary: "What asks by a code, and from where",
    access: { by: "user" },
    body: z.strictObject({ code }),
    reply: {
      status: 200,
      body: z.object({
        name: z.string(),
        ip: z.string().meta({ description: "from where it asks" }),
        askedAt: instant,
        expiresAt: instant,
      }),
    },
    faults: ["not_found"],
  },
  "POST /auth/device/allow": {
    summary: "Sign the program in that asks by a code, as yourself",
    access: { by: "user" },
    body: z.strictObject({ code }),
    reply: { status: 204, body: null },
    faults: ["not_found"],
  },
  "POST /auth/device/session": {
    summary: "The session of a program that was allowed; the answer sets the cookie once",
    access: { by: "public" },
    session: "starts",
    body: z.strictObject({
      secret: z.string().min(20, "This is no secret of a sign-in.").max(100),
    }),
    reply: {
      status: 200,
      body: z.object({
        user: account.nullable().meta({ description: "null: nobody has allowed it yet" }),
      }),
    },
    faults: ["not_found", "forbidden"],
  },
} as const satisfies RouteTable

export const devices = defineKind({
  noun: "device",
  about: "Programs that sign in as a person, who allows it in the browser.",
  routes: deviceRoutes,
})
