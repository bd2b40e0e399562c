import { type PublicFaultCode, problem, statusOf } from "@vibecaas/contract/faults"
import type { KindDeclaration } from "@vibecaas/contract/kind"
import { kinds } from "@vibecaas/contract/kinds"
import { takesKey } from "@vibecaas/contract/route"
import type { Route } from "@vibecaas/contract/routes"
import type { z } from "zod"
import { faultsOf } from "../faults-of.ts"
import { headerComponents, withRates } from "./answer-headers.ts"
import { type JsonSchema, type SchemaWriter, schemaWriter } from "./json-schema.ts"

export interface OpenApiOptions {
  rows: readonly DescribedRow[]
  version: string
  publicUrl: string
  sessionCookie: string
}

/** A row of the contract and the kind that declares it. */
export interface DescribedRow {
  name: string
  kind: string
  route: Route
}

/** The OpenAPI 3.1 description of every route, derived from the same table that serves them. */
export function openApiOf(options: OpenApiOptions): JsonSchema {
  const writer = schemaWriter()
  writer.write(problem, "output")
  const paths: Record<string, JsonSchema> = {}
  const add = (name: string, operation: JsonSchema) => {
    const [method = "", path = ""] = name.split(" ")
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation }
  }
  for (const row of options.rows) add(row.name, operation(writer, row))
  return {
    openapi: "3.1.0",
    info: { title: "VibeCaaS", version: options.version, description },
    servers: [{ url: `${options.publicUrl}/api/v1` }],
    tags: tagsOf(options.rows),
    paths,
    components: {
      schemas: writer.components(),
      headers: headerComponents,
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: options.sessionCookie },
        ...(options.rows.some(({ route }) => takesKey(route))
          ? { apiKey: { type: "http", scheme: "bearer", description: keyScheme } }
          : {}),
      },
    },
  }
}

const keyScheme = "A key from the dashboard, under API keys: `vck_` and 49 letters and digits."

const description = `Everything the dashboard does goes through these calls.

## Who asks

**Programs** send an API key: \`Authorization: Bearer vck_…\`. Somebody makes it in the dashboard, under
API keys, with the permissions it needs, perhaps for some projects only, and with an end. It belongs to
the organization, and calls that name no organization are about that one. What it lacks is answered
403, a project beyond its limits 404, and a key that is unknown, over or revoked 401. No key makes,
rotates or revokes keys, signs in, or administers the installation. The live stream at
\`/api/v1/stream\` takes the same header, and a preview link that a key asked for works as long as the key.

**Pages** of the dashboard sign in with \`POST /auth/sign-in/email\` and send the cookie back. A change
made with the cookie needs the header \`Origin\` of the dashboard and a JSON body.

## What all calls have in common

Failures are problem JSON (RFC 9457)
with a \`code\` for programs and a \`detail\` for people. Lists take \`limit\` and \`cursor\`;
\`nextCursor\` is null on the last page. Calls that take \`Idempotency-Key\` run once per key for 24
hours. Send \`version\` back as \`If-Match: "3"\` to change only what you have seen.

## Limits

Requests are counted per organization, keys among them, per person or key, and per address before
sign-in; writes that start machines or agents once more. Every answer tells by \`RateLimit-Policy\`,
\`-Limit\`, \`-Remaining\` and \`-Reset\` how far the nearest limit is. Beyond it calls are answered 429
with \`Retry-After\`. The live stream, previews and the dashboard's own files do not count.`

function operation(writer: SchemaWriter, { name, kind, route }: DescribedRow): JsonSchema {
  const parameters = [
    ...objectParameters(writer, route.params, "path"),
    ...objectParameters(writer, route.query, "query"),
    ...headerParameters(route),
  ]
  return {
    operationId: operationIdOf(name),
    summary: route.summary,
    tags: [kind],
    security: securityOf(route),
    ...deprecationOf(route),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...requestBody(writer, route),
    responses: withRates({
      ...success(writer, route),
      ...problems(faultsOf(methodOf(name), route)),
    }),
  }
}

const methodOf = (name: string) => name.split(" ", 1)[0] ?? ""

/** Each kind heads its calls with a sentence. */
function tagsOf(rows: readonly DescribedRow[]): JsonSchema[] {
  const described: Readonly<Record<string, KindDeclaration>> = kinds
  const names = [...new Set(rows.map(({ kind }) => kind))]
  return names.map((name) => ({ name, description: described[name]?.about ?? name }))
}

/** `GET /projects/{projectId}/files` → `getProjectsProjectIdFiles` */
export function operationIdOf(name: string): string {
  const [method = "", path = ""] = name.split(" ")
  const words = path.split(/[^A-Za-z0-9]+/).filter(Boolean)
  return method.toLowerCase() + words.map((w) => w.charAt(0).toUpperCase() + w.slice(1)).join("")
}

function objectParameters(
  writer: SchemaWriter,
  schema: z.ZodObject | undefined,
  place: "path" | "query",
): JsonSchema[] {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => ({
    name,
    in: place,
    required: place === "path" || !(field as z.ZodType).safeParse(undefined).success,
    schema: writer.write(field as z.ZodType, "input"), // a shape's fields are schemas
  }))
}

function headerParameters(route: Route): JsonSchema[] {
  const text = { type: "string" }
  return [
    ...(route.idempotent ? [{ name: "Idempotency-Key", in: "header", schema: text }] : []),
    ...(route.ifMatch ? [ifMatchOf(route.ifMatch)] : []),
  ]
}

function ifMatchOf(takes: NonNullable<Route["ifMatch"]>): JsonSchema {
  const example = takes === "commit" ? `"${"0".repeat(40)}"` : '"3"'
  return { name: "If-Match", in: "header", schema: { type: "string" }, example }
}

function requestBody(writer: SchemaWriter, { body, raw, example }: Route): JsonSchema {
  if (raw) return { requestBody: { required: true, content: bytesOf(raw.types) } }
  if (!body) return {}
  const schema = writer.write(body, "input")
  return { requestBody: { required: true, content: jsonContent(schema, example?.body) } }
}

function success(writer: SchemaWriter, { reply, example }: Route): JsonSchema {
  const text = { 200: "OK", 201: "Created", 202: "Accepted, under way", 204: "Done" }[reply.status]
  const described = { description: text }
  if ("file" in reply) return { 200: { ...described, content: bytesOf([reply.file]) } }
  if (!reply.body) return { [reply.status]: described }
  const content = jsonContent(writer.write(reply.body, "output"), example?.reply)
  return { [reply.status]: { ...described, content } }
}

function jsonContent(schema: JsonSchema, example: unknown): JsonSchema {
  return { "application/json": { schema, ...(example === undefined ? {} : { example }) } }
}

/** In OpenAPI 3.1, bytes are a media type without a schema. */
function bytesOf(types: readonly string[]): JsonSchema {
  return Object.fromEntries(types.map((type) => [type, {}]))
}

function securityOf(route: Route): JsonSchema[] {
  if (route.access.by === "public") return []
  return [{ session: [] }, ...(takesKey(route) ? [{ apiKey: [] }] : [])]
}

function deprecationOf({ deprecated }: Route): JsonSchema {
  if (!deprecated) return {}
  const { since, sunset, use } = deprecated
  const description = [
    `Deprecated since ${since}.`,
    ...(sunset === undefined ? [] : [`It may be gone from ${sunset} on.`]),
    ...(use === undefined ? [] : [`Call \`${use}\` in place of it.`]),
  ].join(" ")
  return { deprecated: true, description }
}

function problems(codes: Iterable<PublicFaultCode>): JsonSchema {
  const byStatus = Map.groupBy(new Set(codes), (code) => statusOf(code))
  const entries = [...byStatus].map(([status, group]) => [status, problemResponse(status, group)])
  return Object.fromEntries(entries)
}

function problemResponse(status: number, codes: PublicFaultCode[]): JsonSchema {
  const example = {
    type: `/docs/api#fault-${codes[0]}`,
    title: codes[0]?.replaceAll("_", " "),
    status,
    code: codes[0],
    detail: "A sentence for people.",
    requestId: "req_01k9x3v8hde8r8z6h3gk5c2v9w",
  }
  const schema = { $ref: "#/components/schemas/Problem" }
  return {
    description: codes.join(", "),
    content: { "application/problem+json": { schema, example } },
  }
}
