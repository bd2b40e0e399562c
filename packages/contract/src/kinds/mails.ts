import { z } from "zod"
import { idOf, instant } from "../ids.ts"
import { defineKind } from "../kind.ts"
import type { RouteTable } from "../route.ts"

export const mailId = idOf("mai", "a mail")

/** `simulated` no mail server is set: it is kept here and goes nowhere. */
export const mailStates = ["waiting", "sent", "simulated", "failed"] as const

export const mail = z
  .object({
    id: mailId,
    to: z.string(),
    subject: z.string(),
    text: z.string().nullable().meta({ description: "null once it was sent" }),
    state: z.enum(mailStates),
    failure: z.string().nullable(),
    createdAt: instant,
  })
  .meta({ id: "Mail" })
export type Mail = z.infer<typeof mail>

export const mailRoutes = {
  "GET /platform/mails": {
    summary: "Mails of the last seven days, newest first; without a mail server they are read here",
    access: { by: "platform-admin" },
    reply: {
      status: 200,
      body: z.object({
        simulated: z.boolean().meta({ description: "no mail server is set" }),
        items: z.array(mail),
      }),
    },
  },
} as const satisfies RouteTable

export const mails = defineKind({
  noun: "mail",
  about: "What the platform writes to people.",
  parent: "organization",
  ids: { mail: mailId },
  states: { mail: mailStates },
  loops: ["mails"],
  routes: mailRoutes,
})
