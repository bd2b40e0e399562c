// What the address of a list asks for. A mistake in it is told, not ignored.
import { Refusal } from "./http.js"

const limitMost = 100

export function readQuestion({ fields }, query, pageSize) {
  const errors = []
  const number = (name, standard, most) => {
    if (!query.has(name)) return standard
    const value = Number(query.get(name))
    if (Number.isInteger(value) && value >= 1 && value <= most) return value
    errors.push({ parameter: name, detail: `Give a whole number from 1 to ${most}.` })
  }
  const page = number("page", 1, 100_000)
  const limit = number("limit", pageSize, limitMost)
  const { sort, down } = readSort(fields, query.get("sort") ?? "-id", errors)
  const search = (query.get("q") ?? "").trim()
  if (search.length > 100)
    errors.push({ parameter: "q", detail: "Search for at most 100 characters." })
  const filters = readFilters(fields, query, errors)
  if (errors.length > 0) throw new Refusal(400, "The address asks for something odd.", { errors })
  return { page, limit, sort, down, search, filters }
}

function readSort(fields, given, errors) {
  const down = given.startsWith("-")
  const sort = down ? given.slice(1) : given
  const known = ["id", "createdAt", "updatedAt", ...fields.map(({ name }) => name)]
  if (!known.includes(sort))
    errors.push({
      parameter: "sort",
      detail: `Sort by one of: ${known.join(", ")}; - turns it round.`,
    })
  return { sort, down }
}

function readFilters(fields, query, errors) {
  const reserved = ["q", "sort", "page", "limit"]
  const asked = [...query.keys()].filter((name) => !reserved.includes(name))
  return asked.flatMap((name) => {
    const field = fields.find((one) => one.name === name)
    const value = field && readValue(field, query.get(name))
    if (value !== undefined) return [{ name, value }]
    const detail = field ? "This value does not fit the field." : "There is no such parameter."
    errors.push({ parameter: name.slice(0, 60), detail })
    return []
  })
}

function readValue({ type }, given) {
  if (type === "number")
    return given !== "" && Number.isFinite(Number(given)) ? Number(given) : undefined
  if (type === "flag") return given === "true" ? 1 : given === "false" ? 0 : undefined
  return given
}
