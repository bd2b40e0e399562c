import type { Permission } from "@vibecaas/contract/permissions"
import type { Tool } from "@vibecaas/contract/route"
import type { Route } from "@vibecaas/contract/routes"
import { z } from "zod"
import type { Principal } from "../../core/kind.ts"
import { isLimited, may, roleIn } from "../access.ts"

/** A row of the contract that assistants call as a tool. */
export interface ApiTool {
  /** name of the row, e.g. `GET /projects` */
  row: string
  route: Route & { tool: Tool }
}

/** How a tool is listed. */
export interface ListedTool {
  name: string
  description: string
  inputSchema: { type: "object"; [key: string]: unknown }
  annotations: { title: string; readOnlyHint: boolean; openWorldHint: boolean }
}

export type Arguments = Readonly<Record<string, unknown>>

export function toolsIn(rows: readonly { name: string; route: Route }[]): ApiTool[] {
  return rows.flatMap(({ name, route }) => {
    const { tool } = route
    return tool ? [{ row: name, route: { ...route, tool } }] : []
  })
}

/** What a key can call: the others it would be refused. */
export function isFor(principal: Principal, { route }: ApiTool): boolean {
  const role = roleIn(principal, principal.personalOrganizationId)
  if (role === undefined || !("permission" in route.access)) return false
  if (!may(principal, role, route.access.permission satisfies Permission)) return false
  return route.access.by === "object" || route.keepsToProjects === true || !isLimited(principal)
}

export function listed({ row, route }: ApiTool): ListedTool {
  const { name, says } = route.tool
  const readOnlyHint = row.startsWith("GET ")
  return {
    ...{ name, description: says, inputSchema: argumentsOf(route) },
    annotations: { title: route.summary, readOnlyHint, openWorldHint: false },
  }
}

function argumentsOf(route: ApiTool["route"]): ListedTool["inputSchema"] {
  const { without = [], gives = {} } = route.tool
  const shape = Object.fromEntries(
    Object.entries(fieldsOf(route))
      .filter(([name]) => !without.includes(name))
      .map(([name, field]) => [name, name in gives ? field.optional() : field]),
  )
  const written = z.toJSONSchema(z.strictObject(shape), { io: "input", unrepresentable: "any" })
  const { $schema: _, ...schema } = written
  return { ...schema, type: "object" }
}

/** All that the row takes, by name. */
function fieldsOf(route: Route): Record<string, z.ZodType> {
  return Object.assign({}, ...[route.params, route.query, route.body].map(shapeOf))
}

const shapeOf = (schema: z.ZodType | undefined): Record<string, z.ZodType> =>
  // A shape's fields are schemas.
  schema instanceof z.ZodObject ? (schema.shape as Record<string, z.ZodType>) : {}

/** One call of the API: a path below its prefix, and a body. */
export interface ApiCall {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE"
  path: string
  body: unknown
}

/**
 * The call that a tool with these arguments is.
 *
 * @returns a sentence when an argument is missing or none of the tool's
 */
export function callOf({ row, route }: ApiTool, given: Arguments): ApiCall | string {
  const { without = [], gives = {} } = route.tool
  const names = Object.keys(fieldsOf(route)).filter((name) => !without.includes(name))
  const unknown = Object.keys(given).find((name) => !names.includes(name))
  if (unknown !== undefined)
    return `There is no argument “${unknown}”. Use ${names.join(", ") || "none"}.`
  const all: Arguments = { ...gives, ...given }
  const [method = "", template = ""] = row.split(" ")
  const missing = Object.keys(shapeOf(route.params)).find((name) => typeof all[name] !== "string")
  if (missing !== undefined) return `Say ${missing}, as a text.`
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(all[name])))
  const query = pick(all, Object.keys(shapeOf(route.query)))
  const said = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)])
  const text = new URLSearchParams(said)
  return {
    method: method as ApiCall["method"], // keys of the table begin with one
    path: text.size > 0 ? `${path}?${text}` : path,
    body: route.body ? pick(all, Object.keys(shapeOf(route.body))) : undefined,
  }
}

const pick = (all: Arguments, names: readonly string[]) =>
  Object.fromEntries(
    names.filter((name) => all[name] !== undefined).map((name) => [name, all[name]]),
  )
