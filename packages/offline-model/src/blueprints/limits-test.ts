/** The generated app's own tests of what no record may be: empty, or outside a number's bounds. */
import type { Entity, Field } from "./app-spec.ts"

/** Only where no field is needed: elsewhere the tests of needed fields say as much. */
export function refusesBlank(entity: Entity): string[] {
  const needed = entity.fields.some((field) => field.required)
  if (needed || entity.fields.every((field) => field.type === "flag")) return []
  return [
    `test("a record with nothing filled in is refused, by the API and by the form", async () => {
  const before = (await app.api("GET", list)).body.total
  const answer = await app.api("POST", list, {})
  assert.equal(answer.status, 422)
  assert.match(answer.body.error, /at least one/)
  const form = { "content-type": "application/x-www-form-urlencoded" }
  const page = await app.api("POST", "/${entity.plural}", "", form)
  assert.equal(page.status, 422)
  assert.ok(page.text.includes(answer.body.error))
  assert.match(page.text, /<form method="post"/)
  assert.equal((await app.api("GET", list)).body.total, before)
})`,
  ]
}

export function refusesOutside(entity: Entity): string[] {
  const bounded = entity.fields.filter(hasBounds)
  if (bounded.length === 0) return []
  const rows = bounded.map(({ name, min, max }) => `  ${name}: ${JSON.stringify({ min, max })},`)
  return [
    `const bounds = {
${rows.join("\n")}
}

for (const [name, { min, max }] of Object.entries(bounds)) {
  test(\`\${name} stays within its bounds, and the form names them\`, async () => {
    for (const value of [min - 1, max + 1].filter(Number.isFinite)) {
      const answer = await app.api("POST", list, { ...first(), [name]: value })
      assert.equal(answer.status, 422, String(value))
      assert.deepEqual(Object.keys(answer.body.fields), [name])
    }
    for (const value of [min, max].filter(Number.isFinite)) {
      assert.equal((await added({ ...first(), [name]: value }))[name], value)
    }
    const form = await app.page("/${entity.plural}/new")
    const input = form.match(new RegExp(\`<input[^>]*name="\${name}"[^>]*>\`))[0]
    if (min !== undefined) assert.ok(input.includes(\`min="\${min}"\`))
    if (max !== undefined) assert.ok(input.includes(\`max="\${max}"\`))
  })
}`,
  ]
}

function hasBounds({ type, min, max }: Field): boolean {
  const isNumber = ["whole_number", "decimal", "money"].includes(type)
  return isNumber && (min !== undefined || max !== undefined)
}
