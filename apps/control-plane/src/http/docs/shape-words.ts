import { refName, type Shape } from "./described.ts"
import { escaped, words } from "./html.ts"
import { schemaHref } from "./places.ts"

/** A type in a few words, its named parts linked: "string or null", "list of Run". */
export function typeOf(shape: Shape): string {
  if (shape.$ref !== undefined) {
    const name = refName(shape.$ref)
    return `<a href="${schemaHref(name)}">${escaped(name)}</a>`
  }
  const either = shape.anyOf ?? shape.oneOf
  if (either) return [...new Set(either.map(typeOf))].join(" or ")
  if (shape.allOf) return shape.allOf.map(typeOf).join(" and ")
  if (shape.const !== undefined) return `<code>${escaped(JSON.stringify(shape.const))}</code>`
  if (shape.enum)
    return shape.enum.map((each) => `<code>${escaped(String(each))}</code>`).join(" or ")
  if (shape.type === "array") return `list of ${shape.items ? typeOf(shape.items) : "anything"}`
  if (typeof shape.additionalProperties === "object" && !shape.properties)
    return `object of ${typeOf(shape.additionalProperties)}`
  if (shape.type === undefined) return shape.properties ? "object" : "anything"
  return typeof shape.type === "string" ? shape.type : shape.type.join(" or ")
}

export interface Field {
  name: string
  shape: Shape
  required: boolean
  /** where it goes, for parameters */
  place?: string
}

export function fieldsOf({ properties = {}, required = [] }: Shape): Field[] {
  return Object.entries(properties).map(([name, shape]) => ({
    ...{ name, shape, required: required.includes(name) },
  }))
}

export function fieldTable(label: string, fields: readonly Field[]): string {
  if (fields.length === 0) return ""
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escaped(label)}"><table>
<thead><tr><th scope="col">Name</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead>
<tbody>${fields.map(rowOf).join("\n")}</tbody></table></div>`
}

function rowOf({ name, shape, required, place }: Field): string {
  const must = [required ? "required" : "", place ?? ""].filter(Boolean).join(", ")
  const small = must ? ` <small>${must}</small>` : ""
  return `<tr><th scope="row"><code>${escaped(name)}</code>${small}</th><td>${typeOf(shape)}</td><td>${meaningOf(shape)}</td></tr>`
}

function meaningOf(shape: Shape): string {
  const { description, maxLength, minimum, maximum } = shape
  const range = [
    minimum === undefined || Math.abs(minimum) > safe ? "" : `at least ${minimum}`,
    maximum === undefined || Math.abs(maximum) > safe ? "" : `at most ${maximum}`,
    maxLength === undefined ? "" : `at most ${maxLength} characters`,
    shape.default === undefined
      ? ""
      : `else <code>${escaped(JSON.stringify(shape.default))}</code>`,
  ].filter(Boolean)
  return [description ? words(description) : "", range.join(", ")].filter(Boolean).join("; ")
}

/** bounds beyond this are those of numbers in JSON, not ours */
const safe = 1e15
