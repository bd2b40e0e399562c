import { z } from "zod"
import { instant } from "./ids.ts"
import { organizationId } from "./kinds/tenants.ts"
import type { RouteTable } from "./route.ts"

/** Longest life of a token, in minutes. */
export const tokenMinutesMax = 15
/** Where public keys of tokens are, for whoever checks them. */
export const jwksPath = "/.well-known/jwks.json"

export const token = z
  .object({
    token: z.string().meta({ description: "a JWT, to be sent as `Authorization: Bearer …`" }),
    expiresAt: instant,
    permissions: z.array(z.string()),
  })
  .meta({ id: "Token" })

/** Short tokens that services check by themselves, without asking here. */
export const tokenRoutes = {
  "POST /tokens": {
    summary: "Get a token for a service: of at most 15 minutes, with no more rights than who asks",
    access: { by: "user" },
    apiKey: true,
    body: z.strictObject({
      organizationId: organizationId
        .optional()
        .meta({ description: "what it is for; your personal one, or that of the key" }),
      minutes: z
        .int("Use whole minutes.")
        .min(1, "Use at least one minute.")
        .max(tokenMinutesMax, `Use at most ${tokenMinutesMax} minutes.`)
        .default(tokenMinutesMax),
      permissions: z
        .array(z.string().max(60))
        .min(1, "Allow it something.")
        .max(100)
        .optional()
        .meta({ description: "fewer than all that who asks has", examples: [["project:read"]] }),
      audience: z
        .url("Enter the address of the service.")
        .max(200, "Use less.")
        .optional()
        .meta({ description: "a service of yours: this platform takes only what is for itself" }),
    }),
    reply: { status: 201, body: token },
    faults: ["forbidden", "not_found"],
  },
  "GET /tokens/keys": {
    summary:
      "Public keys by which tokens are checked, as a JWK set; also at /.well-known/jwks.json",
    access: { by: "public" },
    reply: { status: 200, body: z.object({ keys: z.array(z.record(z.string(), z.string())) }) },
  },
} as const satisfies RouteTable
