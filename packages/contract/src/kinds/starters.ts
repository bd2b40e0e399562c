import { z } from "zod"
import { idOf } from "../ids.ts"
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
import { projectId, projectName } from "./projects.ts"
import { organizationId } from "./tenants.ts"

/** One that an organization made of a project. */
export const ownStarterId = idOf("str", "a starter of an organization")
/** One of the platform, by its name, or one of the organization. */
const anyStarterId = z.union([starterId, ownStarterId])

const inLanguages = z.object({ en: z.string(), de: z.string(), fr: z.string(), es: z.string() })

/** An app with which a project can begin, as lists show it. */
export const starterSummary = z
  .object({
    id: anyStarterId,
    own: z.boolean().meta({ description: "made of a project of the organization" }),
    name: inLanguages,
    summary: inLanguages,
    category: starterCategory,
    stack: starterStack,
    tags: z.array(z.string()),
    needs: z.string().nullable().meta({
      description: "what this installation lacks to run it, for people; null: nothing",
    }),
    picture: z.string().nullable().meta({
      description: "names what its pictures show now, for `version` of their address; null: none",
    }),
  })
  .meta({ id: "StarterSummary" })
export type StarterSummary = z.infer<typeof starterSummary>

/** What assistants are told of a starter in a list. */
const starterInShort = starterSummary.pick({ id: true, name: true, summary: true, category: true })

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
  id: anyStarterId,
  parameters: starterValues
    .default({})
    .meta({ description: "values by parameter; the others have their defaults" }),
})
export type ChosenStarter = z.infer<typeof chosenStarter>

const params = z.object({ starterId: anyStarterId })
const read = { by: "organization", permission: "starter:read" } as const
const inOrganization = { organizationId: organizationId.optional() }

export const starterRoutes = {
  "GET /starters": {
    summary: "Apps with which a project can begin, its own first, or the best match of the search",
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
    tool: {
      name: "list_starters",
      says: "Finds tested apps with which a project can begin; search in words of what it is for.",
      shows: pageOf(starterInShort),
      gives: { limit: 20 },
    },
  },
  "GET /starters/{starterId}": {
    summary: "One starter with what it includes and its parameters",
    access: read,
    params,
    query: z.object(inOrganization),
    reply: { status: 200, body: starter },
    faults: ["not_found"],
    tool: {
      name: "get_starter",
      says: "Shows what a starter includes, and the parameters it takes.",
    },
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
  "POST /starters": {
    summary: "Make a starter of a project's newest commit, for the whole organization",
    access: { by: "object", object: "project", from: "projectId", permission: "starter:create" },
    body: z.strictObject({
      projectId,
      name: projectName,
      summary: z
        .string()
        .trim()
        .min(1, "Say in a sentence what it is for.")
        .max(140, "Use at most 140 characters."),
      category: starterCategory,
    }),
    reply: { status: 201, body: starter },
    faults: ["wrong_state", "conflict", "too_large", "quota_exceeded"],
    idempotent: true,
  },
  "DELETE /starters/{starterId}": {
    summary: "Delete a starter of the organization; projects that began with it stay",
    access: { by: "organization", permission: "starter:delete" },
    params,
    query: z.object(inOrganization),
    reply: { status: 204, body: null },
    faults: ["not_found"],
  },
} as const satisfies RouteTable

export const starters = defineKind({
  noun: "starter",
  about: "Apps with which a project can begin.",
  ids: { starter: ownStarterId },
  may: {
    "starter:read": ["owner", "admin", "developer", "viewer"],
    "starter:create": ["owner", "admin", "developer"],
    "starter:delete": ["owner", "admin"],
  },
  quotas: {
    starters: {
      name: "Own starters",
      counted: "own starters",
      limits: { starter: 10, pro: 50, team: 200 },
    },
  },
  events: { "starter.changed": ["organization"] },
  routes: starterRoutes,
})
