// Search, filters and order: a form that asks for the same page with other parameters.
import { attribute, html } from "./html.js"
import { targetsOf } from "./titles.js"

export function filterBar(app, { entity, query }) {
  const filters = entity.filters.map((filter) => {
    const field = entity.fields.find((each) => each.name === filter.field)
    return field ? control(app, { entity, field, query }) : ""
  })
  // on a narrow screen the filters wait behind this; it has no name, so it is never sent
  const isOpen = [...query.params].some(
    ([name, value]) => value && !["q", "_page", "_view", "_month"].includes(name),
  )
  const more = html`<input type="checkbox" class="hidden more-filters" id="more-filters"${attribute("checked", isOpen)}>
<label class="button quiet more-filters" for="more-filters">${filters.length > 0 ? "Filter and order" : "Order"}</label>`
  return html`<form class="filters" method="get" action="/${entity.plural}" role="search" aria-label="Find ${entity.labelPlural.toLowerCase()}" data-live>
<label class="search"><span class="hidden">Search</span>
<input type="search" name="q" value="${query.text}" placeholder="Search ${entity.labelPlural.toLowerCase()}" autocomplete="off"></label>
${query.view ? html`<input type="hidden" name="_view" value="${query.view.name}">` : ""}
${more}
${filters}
${sortControl(entity, query)}
<noscript><button class="button quiet">Apply</button></noscript>
</form>`
}

function control(app, { entity, field, query }) {
  const chosen = query.params.get(field.name) ?? ""
  if (["whole_number", "decimal", "money", "computed"].includes(field.type))
    return range(field, query)
  if (field.type === "rating") return atLeast(field, query)
  return select({
    name: field.name,
    label: field.label,
    chosen,
    options: optionsFor(app, { entity, field }),
  })
}

function optionsFor(app, { entity, field }) {
  switch (field.type) {
    case "flag":
      return [
        ["yes", "Yes"],
        ["no", "No"],
      ]
    case "choice":
      return field.choices.map((choice) => [choice, choice])
    case "date":
    case "datetime":
      return days
    case "reference":
    case "references":
      return targetsOf(app, field).map(([id, title]) => [String(id), title])
    default:
      return app.store.distinct(entity, field).map((value) => [String(value), String(value)])
  }
}

const days = [
  ["overdue", "Overdue"],
  ["today", "Today"],
  ["week", "Next 7 days"],
  ["month", "This month"],
  ["later", "Today and later"],
  ["past", "Before today"],
  ["none", "No date"],
]

function select({ name, label, chosen, options }) {
  const option = ([value, text]) =>
    html`<option value="${value}"${attribute("selected", value === chosen)}>${text}</option>`
  return html`<label><span>${label}</span><select name="${name}" aria-label="${label}"><option value="">Any</option>${options.map(option)}</select></label>`
}

function range(field, query) {
  const input = (suffix, text) =>
    html`<input type="number" step="any" name="${field.name}.${suffix}" value="${query.params.get(`${field.name}.${suffix}`)}" placeholder="${text}" aria-label="${field.label} ${text}">`
  return html`<fieldset><legend>${field.label}</legend>${input("min", "from")}${input("max", "to")}</fieldset>`
}

function atLeast(field, query) {
  const numbers = Array.from({ length: (field.max ?? 5) - (field.min ?? 1) + 1 }, (_, index) =>
    String((field.min ?? 1) + index),
  )
  const options = numbers.map((number) => [number, `${number} or more`])
  return select({
    name: `${field.name}.min`,
    label: field.label,
    chosen: query.params.get(`${field.name}.min`) ?? "",
    options,
  })
}

function sortControl(entity, query) {
  const fields = entity.fields.filter(
    (field) => !["long_text", "color", "reference", "references"].includes(field.type),
  )
  const options = fields.flatMap((field) =>
    wordsFor(field).map(([sign, text]) => [`${sign}${field.name}`, text]),
  )
  const option = ([value, text]) =>
    html`<option value="${value}"${attribute("selected", value === query.sort)}>${text}</option>`
  return html`<label class="sort"><span>Order</span><select name="_sort" aria-label="Order"><option value="">Newest first</option>${options.map(option)}</select></label>`
}

function wordsFor({ type, label }) {
  if (type === "flag")
    return [
      ["", `${label}: no first`],
      ["-", `${label}: yes first`],
    ]
  if (type === "date" || type === "datetime")
    return [
      ["", `${label}, earliest`],
      ["-", `${label}, latest`],
    ]
  if (type === "choice")
    return [
      ["", `${label}, in order`],
      ["-", `${label}, backwards`],
    ]
  if (["whole_number", "decimal", "money", "rating", "computed"].includes(type))
    return [
      ["", `${label}, low to high`],
      ["-", `${label}, high to low`],
    ]
  return [
    ["", `${label}, A to Z`],
    ["-", `${label}, Z to A`],
  ]
}
