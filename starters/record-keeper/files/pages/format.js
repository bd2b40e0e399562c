// How a value is shown.
import { numberKind } from "../server/computed.js"
import { entityByPlural, isRelation, titleField } from "../server/spec.js"
import { html } from "./html.js"

const day = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" })
const dayAndTime = new Intl.DateTimeFormat("en", {
  dateStyle: "medium",
  timeStyle: "short",
  timeZone: "UTC",
})
const plain = new Intl.NumberFormat("en", { maximumFractionDigits: 6 })
const twoPlaces = new Intl.NumberFormat("en", {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
})

export function titleOf(entity, record) {
  const field = titleField(entity)
  const named = isRelation(field) ? "" : plainText(field, record)
  return named || `${entity.label} ${record.id}`
}

/**
 * Markup for one value.
 * @param titles  maps a relation's name to id → title
 */
export function shown(field, record, { app, entity, titles = {} }) {
  const value = record[field.name]
  if (field.type === "flag")
    return value ? html`<span class="badge yes">Yes</span>` : html`<span class="badge">No</span>`
  if (value === null || value === undefined) return html`<span class="none">–</span>`
  const format = formats[field.type] ?? ((text) => html`${text}`)
  return format(value, field, { app, entity, titles })
}

const formats = {
  whole_number: (value, field) =>
    withUnit(isYear(field) ? String(value) : plain.format(value), field),
  decimal: (value, field) => withUnit(plain.format(value), field),
  money: (value, field) => withUnit(twoPlaces.format(value), field),
  rating: (value, field) => rating(value, field),
  date: (value) =>
    html`<time datetime="${value}">${day.format(new Date(`${value}T00:00Z`))}</time>`,
  datetime: (value) =>
    html`<time datetime="${value}">${dayAndTime.format(new Date(`${value}Z`))}</time>`,
  choice: (value, field) =>
    html`<span class="badge tone-${field.choices.indexOf(value) % 5}">${value}</span>`,
  email: (value) => html`<a href="mailto:${value}">${value}</a>`,
  phone: (value) => html`<a href="tel:${value.replace(/[^+\d]/g, "")}">${value}</a>`,
  url: (value) =>
    html`<a href="${value}" rel="noopener noreferrer nofollow" target="_blank">${shortAddress(value)}</a>`,
  color: (value) =>
    html`<svg class="swatch" viewBox="0 0 16 16" aria-hidden="true"><rect width="16" height="16" rx="4" fill="${value}"/></svg> ${value}`,
  long_text: (value) => html`<span class="long">${value}</span>`,
  reference: (value, field, at) => linkTo(value, field, at),
  references: (ids, field, at) =>
    ids.length === 0
      ? html`<span class="none">–</span>`
      : ids.map((id, place) => [place === 0 ? "" : ", ", linkTo(id, field, at)]),
  computed: (value, field, { app, entity }) => computed(value, field, { app, entity }),
}

function linkTo(id, field, { app, titles }) {
  const title = titles[field.name]?.get(id) ?? `No. ${id}`
  if (!app.may.read(entityByPlural(app.spec, field.to))) return html`${title}`
  return html`<a href="/${field.to}/${id}">${title}</a>`
}

function computed(value, field, { app, entity }) {
  const text = numberText(field, value, { app, entity })
  if (field.formula.kind !== "days_until") return text
  if (value === 0) return html`<span class="number">today</span>`
  const days = Math.abs(value) === 1 ? "day" : "days"
  return html`<span class="number${value < 0 ? " late" : ""}">${Math.abs(value)} ${days}${value < 0 ? " ago" : ""}</span>`
}

function rating(value, field) {
  const most = field.max ?? 5
  if (most > 5)
    return html`<span class="number">${value}<span class="unit"> / ${most}</span></span>`
  return html`<span class="stars" role="img" aria-label="${value} of ${most}">${"★".repeat(Math.max(0, value))}<span>${"★".repeat(Math.max(0, most - value))}</span></span>`
}

function withUnit(text, field) {
  return html`<span class="number">${text}${field.unit ? html`<span class="unit"> ${field.unit}</span>` : ""}</span>`
}

/** A number of a field, also one that was worked out of several records. */
export function numberText(field, value, { app, entity }) {
  const isMoney = numberKind(app.spec, entity, field) === "money"
  return withUnit((isMoney ? twoPlaces : plain).format(value), field)
}

export const isYear = (field) => /(^|_)(year|jahr|jahrgang|annee|ano)(_|$)/.test(field.name)

function plainText(field, record) {
  const value = record[field.name]
  if (value === null || value === undefined) return ""
  if (field.type === "date") return day.format(new Date(`${value}T00:00Z`))
  return field.type === "datetime" ? dayAndTime.format(new Date(`${value}Z`)) : String(value)
}

function shortAddress(value) {
  const { hostname, pathname } = new URL(value)
  const text = hostname.replace(/^www\./, "") + (pathname === "/" ? "" : pathname)
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}
