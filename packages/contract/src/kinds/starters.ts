import { z } from "zod"
import { defineKind } from "../kind.ts"
import { pageOf, pageQuery } from "../paging.ts"
import type { RouteTable } from "../route.ts"
import {
  starterCategory,
  starterId,
  starterParameter,
  starterStack,
  starterValues,
} from "../starter-form.ts"
import { organizationId } from "./tenants.ts"

const inLanguages = z.object({ en: z.string(), de: z.string(), fr: z.string(), es: z.string() })

/** An app with which a project can begin, as lists show it. */
export const starterSummary = z
  .object({
    id: starterId,
    name: inLanguages,
    summary: inLanguages,
    category: starterCategory,
    stack: starterStack,
    tags: z.array(z.string()),
    picture: z.string().nullable().meta({
      description: "names what its pictures show now, for `version` of their address; null: none",
    }),
  })
  .meta({ id: "StarterSummary" })
export type StarterSummary = z.infer<typeof starterSummary>

export const starter = starterSummary
  .extend({
    description: z.string(),
    includes: z
      .array(z.object({ id: z.string(), says: inLanguages }))
      .meta({ description: "what it does; each is proved by its own tests" }),
    parameters: z.array(starterParameter),
  })
  .meta({ id: "Starter" })
export type Starter = z.infer<typeof starter>

/** What a project or a run begins with. */
export const chosenStarter = z.strictObject({
  id: starterId,
  parameters: starterValues
    .default({})
    .meta({ description: "values by parameter; the others have their defaults" }),
})
export type ChosenStarter = z.infer<typeof chosenStarter>

const params = z.object({ starterId })
const read = { by: "organization", permission: "starter:read" } as const
const inOrganization = { organizationId: organizationId.optional() }

export const starterRoutes = {
  "GET /starters": {
    summary: "Apps with which a project can begin, the best match of the search first",
    access: read,
    query: z.object({
      ...pageQuery,
      ...inOrganization,
      search: z.string().trim().max(200).optional(),
      category: starterCategory.optional(),
      tag: z.string().max(40).optional(),
      stack: starterStack.optional(),
    }),
    reply: {
      status: 200,
      body: pageOf(starterSummary).extend({
        categories: z
          .array(starterCategory)
          .meta({ description: "of all there are, whatever was asked for" }),
        tags: z.array(z.string()).meta({ description: "of all there are, the most used first" }),
      }),
    },
  },
  "GET /starters/{starterId}": {
    summary: "One starter with what it includes and its parameters",
    access: read,
    params,
    query: z.object(inOrganization),
    reply: { status: 200, body: starter },
    faults: ["not_found"],
  },
  "GET /starters/{starterId}/picture": {
    summary: "What a starter looks like, 1200×750",
    access: read,
    params,
    query: z.object({
      ...inOrganization,
      scheme: z.enum(["light", "dark"]).default("light"),
      version: z
        .string()
        .max(40)
        .optional()
        .meta({ description: "the starter's `picture`: with it the answer may be kept for long" }),
    }),
    reply: { status: 200, file: "image/webp" },
    faults: ["not_found"],
  },
} as const satisfies RouteTable

export const starters = defineKind({
  noun: "starter",
  about: "Apps with which a project can begin.",
  may: { "starter:read": ["owner", "admin", "developer", "viewer"] },
  routes: starterRoutes,
})
