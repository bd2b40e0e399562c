/**
 * The generated app's own test of one kind of record. Every field is spelled out there: a field
 * that is lost anywhere between the form and the disk must make it fail.
 */
import type { AppSpec, Entity, Field } from "./app-spec.ts"
import { filterTest } from "./filter-test.ts"
import { refusesBlank, refusesOutside } from "./limits-test.ts"
import { sampleValue, wrongValue } from "./sample-values.ts"

export function entityTest(spec: AppSpec, entity: Entity): string {
  return `${[
    opening(spec, entity),
    keepsFields(entity),
    listsAndChanges(entity),
    deletes(entity),
    refuses(entity),
    ...refusesBlank(entity),
    ...refusesOutside(entity),
    ...entity.fields
      .filter((field) => field.type !== "reference")
      .slice(0, 12)
      .flatMap((field) => filterTest(entity, field)),
    survives(entity),
    pages(entity),
  ].join("\n\n")}\n`
}

export function testPath(entity: Entity): string {
  return `test/${entity.plural.replaceAll("_", "-")}.test.js`
}

function opening(spec: AppSpec, entity: Entity): string {
  const targets = targetsOf(spec, entity)
  const made = targets.map((target) => {
    return `  targets.${target.plural} = (await app.api("POST", "/api/${target.plural}", ${literal(smallest(target))})).body.id`
  })
  return `import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { startApp } from "../testing/start-app.js"

const list = "/api/${entity.plural}"
${targets.length > 0 ? "// the records that ours point at, by list\nconst targets = {}\n" : ""}let app

before(async () => {
  app = await startApp()
${made.join("\n")}${made.length > 0 ? "\n" : ""}})
after(() => app.stop())

const first = () => (${record(entity, 0)})
const second = () => (${record(entity, 1)})

async function added(values) {
  const answer = await app.api("POST", list, values)
  assert.equal(answer.status, 201, answer.text)
  return answer.body
}

const idsOf = (answer) => answer.body.items.map((item) => item.id)`
}

/** Entities that this one points at, each after those it needs itself. */
function targetsOf(spec: AppSpec, entity: Entity): Entity[] {
  const ordered = new Set<Entity>()
  const visited = new Set<string>()
  const visit = (fields: Field[]) => {
    for (const { to } of fields) {
      const target = spec.entities.find((each) => each.plural === to)
      if (!target || visited.has(target.plural)) continue
      visited.add(target.plural)
      visit(smallest(target))
      ordered.add(target)
    }
  }
  visit(entity.fields)
  return [...ordered]
}

/** The fields of the least record that is accepted: what is needed, or else any one field. */
function smallest(entity: Entity): Field[] {
  const needed = entity.fields.filter((field) => field.required)
  if (needed.some(({ type }) => type !== "flag")) return needed
  const rest = entity.fields.filter(({ type }) => type !== "flag")
  const one = rest.find(({ type }) => type !== "reference") ?? rest[0]
  return one ? [...needed, one] : needed
}

function record(entity: Entity, which: 0 | 1): string {
  const lines = entity.fields.map((field) => `  ${field.name}: ${sample(field, which)},`)
  return `{\n${lines.join("\n")}\n}`
}

function keepsFields(entity: Entity): string {
  return `test("every field of a new ${lower(entity)} is kept", async () => {
  const { id } = await added(first())
  const { body } = await app.api("GET", \`\${list}/\${id}\`)
  const { created_at, updated_at, ...kept } = body
  assert.deepEqual(kept, { id, ...first() })
  assert.ok(created_at && updated_at)
})`
}

function listsAndChanges(entity: Entity): string {
  return `test("a changed ${lower(entity)} shows the change in the list", async () => {
  const { id } = await added(first())
  const answer = await app.api("PATCH", \`\${list}/\${id}\`, second())
  assert.equal(answer.status, 200, answer.text)
  const { body } = await app.api("GET", \`\${list}?_limit=200\`)
  const { created_at, updated_at, ...listed } = body.items.find((item) => item.id === id)
  assert.deepEqual(listed, { id, ...second() })
})

test("a change of nothing keeps everything", async () => {
  const { id } = await added(first())
  await app.api("PATCH", \`\${list}/\${id}\`, {})
  const { created_at, updated_at, ...kept } = (await app.api("GET", \`\${list}/\${id}\`)).body
  assert.deepEqual(kept, { id, ...first() })
})`
}

function deletes(entity: Entity): string {
  return `test("a deleted ${lower(entity)} answers 404", async () => {
  const { id } = await added(first())
  assert.equal((await app.api("DELETE", \`\${list}/\${id}\`)).status, 204)
  assert.equal((await app.api("GET", \`\${list}/\${id}\`)).status, 404)
  assert.equal((await app.api("DELETE", \`\${list}/\${id}\`)).status, 404)
})`
}

function refuses(entity: Entity): string {
  const wrong = entity.fields.map(
    (field) => `  ${field.name}: ${JSON.stringify(wrongValue(field))},`,
  )
  const required = entity.fields.filter((field) => field.required)
  const missing = required.map(
    (field) => `
test("a ${lower(entity)} without ${lower(field)} is refused", async () => {
  const answer = await app.api("POST", list, { ...first(), ${field.name}: null })
  assert.equal(answer.status, 422)
  assert.deepEqual(Object.keys(answer.body.fields), ["${field.name}"])
})`,
  )
  return `const wrong = {
${wrong.join("\n")}
}

for (const [name, value] of Object.entries(wrong)) {
  test(\`\${name} refuses \${JSON.stringify(value)} and says so\`, async () => {
    const before = (await app.api("GET", list)).body.total
    const answer = await app.api("POST", list, { ...first(), [name]: value })
    assert.equal(answer.status, 422)
    assert.deepEqual(Object.keys(answer.body.fields), [name])
    assert.equal((await app.api("GET", list)).body.total, before)
  })
}
${missing.join("\n")}`.trimEnd()
}

function survives(entity: Entity): string {
  return `test("a ${lower(entity)} is still there after a restart", async () => {
  const { id } = await added(first())
  await app.restart()
  const { created_at, updated_at, ...kept } = (await app.api("GET", \`\${list}/\${id}\`)).body
  assert.deepEqual(kept, { id, ...first() })
})`
}

function pages(entity: Entity): string {
  const title = entity.fields.find((field) => field.type === "text")
  const named = title ? `, ${title.name}: "Ada & <b>Grace</b>"` : ""
  const looks = title
    ? `\n  assert.ok((await app.page("/${entity.plural}")).includes("Ada &#38; &#60;b&#62;Grace&#60;/b&#62;"))`
    : ""
  return `test("the pages show a ${lower(entity)} and offer every field", async () => {
  const { id } = await added({ ...first()${named} })${looks}
  assert.ok((await app.page("/${entity.plural}")).includes(\`href="/${entity.plural}/\${id}"\`))
  const form = await app.page(\`/${entity.plural}/\${id}/edit\`)
  for (const name of Object.keys(first())) assert.ok(form.includes(\`name="\${name}"\`), name)
  const record = await app.page(\`/${entity.plural}/\${id}\`)
  for (const label of ${JSON.stringify(labels(entity))}) assert.ok(record.includes(label), label)
})`
}

/** The same choice as the app's own `titleField`. */
function titleField(entity: Entity): Field | undefined {
  const first = (...types: Field["type"][]) =>
    entity.fields.find(({ type }) => types.includes(type))
  const plain = entity.fields.find(({ type }) => type !== "reference")
  return first("text") ?? first("date", "datetime") ?? plain ?? entity.fields[0]
}

function labels(entity: Entity): string[] {
  const title = titleField(entity)
  return entity.fields
    .filter((field) => field !== title && /^[\w ]+$/.test(field.label))
    .map(({ label }) => label)
}

const lower = ({ label }: Entity | Field): string => label.toLowerCase().replace(/[^a-z0-9 ]/g, "")

function literal(fields: Field[]): string {
  const parts = fields.map((field) => `${field.name}: ${sample(field, 0)}`)
  return parts.length > 0 ? `{ ${parts.join(", ")} }` : "{}"
}

const sample = (field: Field, which: 0 | 1): string =>
  field.type === "reference" ? `targets.${field.to}` : JSON.stringify(sampleValue(field, which))
