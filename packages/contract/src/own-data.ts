import { z } from "zod"
import type { RouteTable } from "./route.ts"

/** All that is kept of a person: to take along, and to be gone. */
export const ownDataRoutes = {
  "GET /me/export": {
    summary: "All that is kept of you, in one JSON file",
    access: { by: "user" },
    reply: { status: 200, file: "application/json; charset=utf-8" },
  },
  "DELETE /me": {
    summary: "Erase your account and all that is kept of you; what stays has no name",
    access: { by: "user" },
    session: "ends",
    body: z.strictObject({
      email: z.string().max(200).meta({ description: "your address, so that no other is meant" }),
      password: z
        .string()
        .max(128)
        .optional()
        .meta({ description: "needed where the account has one" }),
    }),
    reply: {
      status: 200,
      body: z.object({
        organizations: z
          .array(z.string())
          .meta({ description: "that nobody else is in, which are torn down now" }),
      }),
    },
    faults: ["wrong_state"],
  },
} as const satisfies RouteTable
