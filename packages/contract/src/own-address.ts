import { z } from "zod"
import type { RouteTable } from "./route.ts"

export const ownAccount = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.email(),
    confirmed: z.boolean().meta({ description: "a mail to the address was answered" }),
    password: z.boolean().meta({ description: "there is one to sign in with" }),
  })
  .meta({ id: "OwnAccount" })
export type OwnAccount = z.infer<typeof ownAccount>

/** The address somebody signs in with: another one, or a proof that this one is theirs. */
export const ownAddressRoutes = {
  "GET /auth/account": {
    summary: "Your account, and whether its address was confirmed",
    access: { by: "user" },
    reply: { status: 200, body: ownAccount },
  },
  "POST /auth/address": {
    summary: "Ask for a mail to an address whose link makes it yours; nothing changes before",
    access: { by: "user" },
    session: "changes",
    body: z.strictObject({
      email: z.email("Enter an address such as mara@example.com.").max(200, "Use less."),
      password: z.string().min(1, "Enter your password.").max(128),
    }),
    reply: { status: 202, body: z.object({ asked: z.literal(true) }) },
    faults: ["name_taken"],
  },
  "POST /auth/address/confirm": {
    summary: "Make an address yours by the link of a mail; after a change all other sessions end",
    access: { by: "public" },
    session: "starts",
    body: z.strictObject({ token: z.string().min(20, "This is no link of a mail.").max(100) }),
    reply: { status: 200, body: z.object({ email: z.email() }) },
    faults: ["wrong_state"],
  },
} as const satisfies RouteTable
