import { readFile } from "node:fs/promises"
import { describe, expect, test } from "vitest"
import { z } from "zod"
import { publicFaultCodes } from "./faults.ts"
import type { KindDeclaration } from "./kind.ts"
import { events, ids, kinds, meters, objects, resources } from "./kinds.ts"
import { can } from "./permissions.ts"
import { takesKey } from "./route.ts"
import { type Access, type Route, type RouteTable, routes } from "./routes.ts"

const declarations: [name: string, KindDeclaration][] = Object.entries(kinds)
const table: RouteTable = routes
const rows = Object.entries(table)

/** Names in the fields of a schema; a union's are those of all its options. */
function fieldsOf(schema: z.ZodType | undefined): string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape)
  return []
}

function namedBy(access: Access) {
  return access.by === "object" ? [access, ...(access.within ?? [])] : []
}

describe.each(rows)("%s", (name, route: Route) => {
  test("every parameter of its path is declared, and no other", () => {
    const inPath = [...name.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter)
    expect(fieldsOf(route.params)).toEqual(inPath)
  })

  test("every object of its access is known, and its id is among what the call takes", () => {
    const taken = [route.params, route.query, route.body].flatMap(fieldsOf)
    for (const { object, from } of namedBy(route.access)) {
      expect(Object.keys(objects)).toContain(object)
      expect(taken).toContain(from)
    }
  })

  test("what it can do goes together", () => {
    const { raw, body, reply, idempotent, session, access } = route
    if (raw) expect(body).toBeUndefined()
    if ("file" in reply) expect(idempotent).toBeUndefined()
    if (session) expect(["public", "user", "platform-admin"]).toContain(access.by)
    if (route.audited) expect(name).toMatch(/^GET /)
  })

  test("its example is one, and its deprecation has dates", () => {
    const { example, body, reply, deprecated } = route
    if (example?.body !== undefined) body?.parse(example.body)
    if (example?.reply !== undefined && "body" in reply) reply.body?.parse(example.reply)
    if (deprecated) expect(deprecated.since).toMatch(/^\d{4}-\d\d-\d\d$/)
    if (deprecated?.use) expect(Object.keys(routes)).toContain(deprecated.use)
  })

  test("as a tool its arguments have one name each, and it takes an API key", () => {
    const { tool } = route
    if (!tool) return
    const all = [route.params, route.query, route.body].flatMap(fieldsOf)
    expect(new Set(all).size).toBe(all.length)
    expect(all).toEqual(
      expect.arrayContaining([...Object.keys(tool.gives ?? {}), ...(tool.without ?? [])]),
    )
    expect(takesKey(route)).toBe(true)
    expect(tool.name).toMatch(/^[a-z]+(_[a-z]+)*$/)
  })

  test("its permission and its faults are known", () => {
    if ("permission" in route.access) expect(Object.keys(can)).toContain(route.access.permission)
    for (const code of route.faults ?? []) expect(publicFaultCodes).toContain(code)
  })
})

describe.each(declarations)("%s", (_, kind) => {
  test("its noun is a word of the glossary", async () => {
    const glossary = await readFile(new URL("../../../docs/glossary.md", import.meta.url), "utf8")
    expect(glossary).toContain(`**${kind.noun}**`)
  })

  test("an action is allowed in states that there are", () => {
    for (const [thing, actions] of Object.entries(kind.allows ?? {})) {
      const states = kind.states?.[thing] ?? []
      expect(states).toEqual(expect.arrayContaining(Object.values(actions).flat()))
    }
  })

  test("what it names of other kinds is there", () => {
    if (kind.parent) expect(Object.keys(objects)).toContain(kind.parent)
    for (const about of Object.values(kind.events ?? {}))
      expect(Object.keys(objects)).toEqual(expect.arrayContaining([...about]))
    for (const { read } of Object.values(kind.objects ?? {}))
      expect(Object.keys(can)).toContain(read)
    for (const { monthly } of Object.values(kind.quotas ?? {}))
      expect(Object.keys(meters)).toEqual(expect.arrayContaining([...(monthly ?? [])]))
    for (const object of Object.keys(kind.objects ?? {}))
      expect(Object.keys(kind.ids ?? {})).toContain(object)
  })
})

test.each(["ids", "objects", "may", "quotas", "meters", "events", "routes"] as const)(
  "no two kinds declare the same name among their %s",
  (part) => {
    const names = declarations.flatMap(([, kind]) => Object.keys(kind[part] ?? {}))
    expect(new Set(names).size).toBe(names.length)
  },
)

test("no two tools have one name", () => {
  const names = rows.flatMap(([, { tool }]) => tool?.name ?? [])
  expect(names.length).toBeGreaterThan(10)
  expect(new Set(names).size).toBe(names.length)
})

test("no two things have ids that begin alike", () => {
  const prefixes = Object.values(ids).map((schema) => String(schema.meta()?.examples).split("_")[0])
  expect(new Set(prefixes).size).toBe(Object.keys(ids).length)
})

test("what is derived has something of every kind that declares it", () => {
  expect(Object.keys(events)).toContain("run.step")
  expect(Object.keys(resources)).toEqual([
    "projects",
    "invitations",
    "api_keys",
    "starters",
    "machines",
    "machine_memory_mib",
    "backup_mib",
    "stores",
    "store_memory_mib",
    "concurrent_runs",
    "attached_kilobytes",
    "model_microdollars",
    "model_tokens",
    "agent_milliseconds",
  ])
})
