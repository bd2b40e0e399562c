// The OpenAPI description, made from the same fields by which bodies are checked.
import { textMost } from "./validate.js"

const schemas = {
  text: () => ({ type: "string", maxLength: textMost }),
  number: () => ({ type: "number" }),
  date: () => ({ type: "string", format: "date" }),
  flag: () => ({ type: "boolean" }),
  choice: ({ choices }) => ({ type: "string", enum: choices }),
}

const examples = {
  text: ({ label }) => `${label[0].toUpperCase()}${label.slice(1)} of an example`,
  number: () => 42,
  date: () => "2026-03-01",
  flag: () => true,
  choice: ({ choices }) => choices[0],
}

export const exampleOf = ({ fields }) =>
  Object.fromEntries(fields.map((field) => [field.name, examples[field.type](field)]))

/** The whole description as an OpenAPI 3.1 document. */
export function describe({ settings, resource }) {
  const one = `${resource.path}/{id}`
  return {
    openapi: "3.1.0",
    info: {
      title: settings.title,
      version: "1.0.0",
      description: `${resource.name} as JSON: list, search, page, create, change and delete.`,
    },
    servers: [{ url: "/" }],
    paths: {
      [resource.path]: {
        get: listOperation(settings, resource),
        post: createOperation(settings, resource),
      },
      [one]: {
        get: getOperation(),
        put: changeOperation(settings, {
          id: "replace",
          summary: "Replace a record",
          schema: "Record",
        }),
        patch: changeOperation(settings, {
          id: "change",
          summary: "Change some fields",
          schema: "Change",
        }),
        delete: deleteOperation(settings),
      },
    },
    components: components(settings, resource),
  }
}

function components(settings, resource) {
  const properties = Object.fromEntries(
    resource.fields.map((field) => [
      field.name,
      { title: field.label, ...schemas[field.type](field) },
    ]),
  )
  const required = resource.fields.filter((field) => field.required).map(({ name }) => name)
  const made = { type: "string", format: "date-time", readOnly: true }
  const example = exampleOf(resource)
  const [first] = resource.fields
  return {
    schemas: {
      Record: { type: "object", additionalProperties: false, required, properties, example },
      Change: {
        ...{ type: "object", additionalProperties: false, properties },
        example: { [first.name]: examples[first.type](first) },
      },
      SavedRecord: {
        type: "object",
        properties: {
          id: { type: "integer", readOnly: true },
          ...properties,
          createdAt: made,
          updatedAt: made,
        },
        example: {
          id: 1,
          ...example,
          createdAt: "2026-03-01T09:30:00.000Z",
          updatedAt: "2026-03-01T09:30:00.000Z",
        },
      },
      Problem: {
        type: "object",
        description: "What went wrong (RFC 9457)",
        properties: {
          type: { type: "string" },
          title: { type: "string" },
          status: { type: "integer" },
          detail: { type: "string" },
          errors: { type: "array", items: { type: "object" } },
        },
      },
    },
    ...(settings.keyToWrite && { securitySchemes: { key: { type: "http", scheme: "bearer" } } }),
  }
}

const ref = (name) => ({ $ref: `#/components/schemas/${name}` })
const json = (schema) => ({ "application/json": { schema } })
const problem = (description) => ({
  description,
  content: { "application/problem+json": { schema: ref("Problem") } },
})
const saved = (description) => ({
  description,
  headers: { ETag: { schema: { type: "string" } } },
  content: json(ref("SavedRecord")),
})
const idParameter = {
  name: "id",
  in: "path",
  required: true,
  schema: { type: "integer" },
  example: 1,
}
const ifMatch = {
  ...{ name: "If-Match", in: "header", schema: { type: "string" } },
  description: "The ETag that was read; a record changed meanwhile is then left alone (412).",
}
const writes = ({ keyToWrite }) => (keyToWrite ? { security: [{ key: [] }] } : {})
const writeProblems = ({ keyToWrite }) => ({
  ...(keyToWrite && { 401: problem("The key is missing or wrong") }),
  429: problem("Too many changes; wait as long as Retry-After says"),
})

function listOperation({ pageSize }, { fields }) {
  const query = (name, schema, description) => ({ name, in: "query", schema, description })
  return {
    operationId: "list",
    summary: "List and search",
    parameters: [
      query("q", { type: "string", maxLength: 100 }, "Words that a value contains"),
      query(
        "sort",
        { type: "string", default: "-id" },
        "A field; with - in front the other way round",
      ),
      query("page", { type: "integer", minimum: 1, default: 1 }, "Which page"),
      query(
        "limit",
        { type: "integer", minimum: 1, maximum: 100, default: pageSize },
        "Records per page",
      ),
      ...fields.map((field) => query(field.name, schemas[field.type](field), "Exactly this value")),
    ],
    responses: {
      200: {
        description: "One page; Link names the others",
        content: json({
          type: "object",
          properties: {
            items: { type: "array", items: ref("SavedRecord") },
            ...Object.fromEntries(
              ["total", "page", "limit"].map((name) => [name, { type: "integer" }]),
            ),
          },
        }),
      },
      400: problem("A parameter does not fit"),
    },
  }
}

const createOperation = (settings) => ({
  ...{ operationId: "create", summary: "Create a record", ...writes(settings) },
  requestBody: { required: true, content: json(ref("Record")) },
  responses: {
    201: saved("Created; Location names it"),
    ...{
      409: problem("There are as many records as there can be"),
      422: problem("Fields do not fit"),
    },
    ...writeProblems(settings),
  },
})

const getOperation = () => ({
  ...{ operationId: "get", summary: "Get a record" },
  parameters: [
    idParameter,
    {
      name: "If-None-Match",
      in: "header",
      schema: { type: "string" },
      description: "An ETag that is known already",
    },
  ],
  responses: {
    200: saved("The record"),
    304: { description: "Not changed" },
    404: problem("No such record"),
  },
})

const changeOperation = (settings, { id, summary, schema }) => ({
  ...{ operationId: id, summary, ...writes(settings) },
  parameters: [idParameter, ifMatch],
  requestBody: { required: true, content: json(ref(schema)) },
  responses: {
    200: saved("The record as it is now"),
    ...{
      404: problem("No such record"),
      412: problem("Changed meanwhile"),
      422: problem("Fields do not fit"),
    },
    ...writeProblems(settings),
  },
})

const deleteOperation = (settings) => ({
  ...{ operationId: "delete", summary: "Delete a record", ...writes(settings) },
  parameters: [idParameter, ifMatch],
  responses: {
    204: { description: "Deleted" },
    ...{ 404: problem("No such record"), 412: problem("Changed meanwhile") },
    ...writeProblems(settings),
  },
})
