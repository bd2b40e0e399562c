import { createHmac } from "node:crypto"
import { projectId } from "@vibecaas/contract/kinds/projects"
import { organizationId } from "@vibecaas/contract/kinds/tenants"
import { z } from "zod"
import type { HandlersOf } from "../../core/kind.ts"
import { record } from "../../core/record.ts"
import { serve } from "../served.ts"

const organizationQuery = z.object({ organizationId: organizationId.optional() })
const read = { by: "organization", permission: "project:read" } as const

/** Rows that use what the contract's own do not use yet. */
export const toyRoutes = {
  "POST /toys/hook": {
    summary: "Take a signed message",
    access: { by: "public" },
    raw: { types: ["application/json", "text/plain"], bytesMax: 1000 },
    reply: { status: 200, body: z.object({ signed: z.string(), bytes: z.number() }) },
  },
  "GET /toys/export": {
    summary: "All toys as a table",
    access: read,
    query: organizationQuery.extend({ fails: z.enum(["first", "later"]).optional() }),
    reply: { status: 200, file: "text/csv; charset=utf-8" },
    audited: true,
    apiKey: false,
  },
  "GET /toys/news": {
    summary: "What happens to toys, as it happens",
    access: { by: "user" },
    reply: { status: 200, file: "application/x-ndjson" },
  },
  "GET /toys": {
    summary: "Toys",
    access: read,
    query: organizationQuery,
    reply: { status: 200, body: z.object({ count: z.number() }) },
    deprecated: { since: "2026-01-31", sunset: "2026-07-31", use: "GET /toys/export" },
    example: { reply: { count: 3 } },
  },
  "POST /toys": {
    summary: "Make a toy",
    access: { by: "public" },
    body: z.strictObject({ name: z.string() }),
    reply: { status: 201, body: z.object({ name: z.string() }) },
    example: { body: { name: "Kite" }, reply: { name: "Kite" } },
  },
  "POST /toys/session": {
    summary: "Begin to play",
    access: { by: "public" },
    session: "starts",
    reply: { status: 200, body: z.object({ ip: z.string(), cookie: z.string().nullable() }) },
  },
  "GET /toys/{organizationId}/of/{projectId}": {
    summary: "A toy of a project of an organization",
    access: {
      by: "object",
      object: "project",
      from: "projectId",
      within: [{ object: "organization", from: "organizationId" }],
      permission: "project:read",
    },
    params: z.object({ organizationId, projectId }),
    reply: { status: 200, body: z.object({ projectId: z.string() }) },
  },
} as const

/** What the handlers below saw and made. */
export interface ToyWorld {
  secret: string
  piecesMade: number
  piecesMax: number
  closed: number
  aborted: number
}

export const toyRows = (world: ToyWorld) => serve("toys", toyRoutes, toyHandlers(world))

function toyHandlers(world: ToyWorld): HandlersOf<typeof toyRoutes> {
  return {
    "POST /toys/hook": async ({ raw }) => ({
      signed: createHmac("sha256", world.secret).update(raw.bytes).digest("hex"),
      bytes: raw.bytes.byteLength,
    }),
    "GET /toys/export": async ({ ctx, query }) => {
      record(ctx, { action: "toy.export", subject: ctx.organizationId, details: {} })
      return { pieces: table(query.fails), name: "toys – März.csv" }
    },
    "GET /toys/news": async ({ signal }) => ({ pieces: news(world, signal) }),
    "GET /toys": async () => ({ count: 3 }),
    "POST /toys": async ({ body }) => body,
    "POST /toys/session": async ({ visitor }) => ({
      body: { ip: visitor.ip, cookie: visitor.cookie ?? null },
      setCookies: ["toy=1; Path=/", "ball=2; Path=/"],
    }),
    "GET /toys/{organizationId}/of/{projectId}": async ({ params }) => params,
  }
}

async function* table(fails: "first" | "later" | undefined) {
  if (fails === "first") throw new Error("no table")
  yield "name,colour\n"
  if (fails === "later") throw new Error("half a table")
  yield "Kite,red\n"
}

/** Big pieces, as fast as they are taken; after the last one it waits until nobody listens. */
async function* news(world: ToyWorld, signal: AbortSignal) {
  signal.addEventListener("abort", () => world.aborted++)
  try {
    while (world.piecesMade < world.piecesMax) {
      world.piecesMade++
      yield Buffer.alloc(64 * 1024, "x")
    }
    if (!signal.aborted) await new Promise((over) => signal.addEventListener("abort", over))
  } finally {
    world.closed++
  }
}
