import type { JsonSchema } from "./json-schema.ts"

/** The parts of our own OpenAPI document that its pages show; `openApiOf` writes them so. */
export interface Described {
  info: { title: string; version: string; description: string }
  tags: readonly { name: string; description: string }[]
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  components: { schemas: Readonly<Record<string, Shape>> }
}

export interface Operation {
  operationId: string
  summary: string
  description?: string
  deprecated?: boolean
  tags: readonly string[]
  security: readonly object[]
  parameters?: readonly Parameter[]
  requestBody?: { content: Content }
  responses: Readonly<Record<string, { description: string; content?: Content }>>
}

export interface Parameter {
  name: string
  in: "path" | "query" | "header"
  required?: boolean
  schema: Shape
  example?: string
}

export type Content = Readonly<Record<string, { schema?: Shape; example?: unknown }>>

/** The words of JSON Schema that ours use. */
export interface Shape {
  $ref?: string
  type?: string | readonly string[]
  enum?: readonly unknown[]
  const?: unknown
  anyOf?: readonly Shape[]
  oneOf?: readonly Shape[]
  allOf?: readonly Shape[]
  items?: Shape
  properties?: Readonly<Record<string, Shape>>
  required?: readonly string[]
  additionalProperties?: Shape | boolean
  description?: string
  default?: unknown
  pattern?: string
  format?: string
  minimum?: number
  maximum?: number
  maxLength?: number
}

/** One call, as its page and its examples show it. */
export interface Call {
  method: string
  path: string
  operation: Operation
}

export const described = (document: JsonSchema) => document as unknown as Described

export function callsOf({ paths }: Pick<Described, "paths">): Call[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...{ method: method.toUpperCase(), path, operation },
    })),
  )
}

/** Whether programs may make the call, with an API key. */
export const takesKey = ({ operation: { security } }: Call) =>
  security.some((each) => "apiKey" in each)

/** The name of the schema that another one stands for. */
export const refName = (ref: string) => ref.slice(ref.lastIndexOf("/") + 1)
