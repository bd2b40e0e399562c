/** The generated app's own test of filtering by one field, and of searching and sorting. */
import type { Entity, Field } from "./app-spec.ts"
import { sampleValue } from "./sample-values.ts"

const exact = ["text", "flag", "choice", "whole_number", "rating"]

export function filterTest(entity: Entity, field: Field): string[] {
  if (!exact.includes(field.type)) return []
  const [wanted, other] = [sampleValue(field, 0), sampleValue(field, 1)]
  if (wanted === other) return []
  const query = `?${field.name}=${encodeURIComponent(asParameter(wanted))}&_limit=200`
  const test = `test("${entity.plural} are filtered by ${field.name}", async () => {
  const wanted = await added(first())
  const other = await added(second())
  const found = idsOf(await app.api("GET", \`\${list}${query}\`))
  assert.ok(found.includes(wanted.id) && !found.includes(other.id))
})`
  return field.type === "text" && isFirstText(entity, field)
    ? [test, searchTest(entity, field)]
    : [test]
}

function searchTest(entity: Entity, field: Field): string {
  return `test("${entity.plural} are found by a part of their ${field.name}", async () => {
  const wanted = await added({ ...first(), ${field.name}: "Under the 100% maple" })
  const found = idsOf(await app.api("GET", \`\${list}?q=\${encodeURIComponent("100% MAP")}\`))
  assert.deepEqual(found, [wanted.id])
})`
}

function asParameter(value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "no"
  return String(value)
}

function isFirstText(entity: Entity, field: Field): boolean {
  return entity.fields.find((each) => each.type === "text") === field
}
