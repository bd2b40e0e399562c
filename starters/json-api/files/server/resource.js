// The resource that the settings describe: its place in addresses and its fields with their types.

const types = {
  number: ["number", "amount", "count", "integer", "int", "zahl", "nombre", "número"],
  date: ["date", "day", "datum", "fecha"],
  flag: ["yes/no", "flag", "boolean", "bool", "ja/nein", "oui/non", "sí/no"],
  text: ["text", "string"],
}

/** `{ name, path, fields: [{ name, label, type, choices?, required }] }`; the first field is required. */
export function makeResource({ resource, fields }) {
  const name = resource.trim() || "Records"
  const taken = new Set(["id", "createdAt", "updatedAt"])
  return {
    name,
    path: `/api/${slugOf(name) || "records"}`,
    fields: fields.map((field, index) => ({
      ...readField(field, index, taken),
      required: index === 0,
    })),
  }
}

const plainOf = (text) => text.normalize("NFKD").replaceAll(/\p{M}/gu, "").replaceAll("ß", "ss")
const slugOf = (text) =>
  plainOf(text)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")

/** `pages: number`, `state: open | done`, or just `author`. */
function readField(field, index, taken) {
  const [label, ...rest] = field.split(":").map((part) => part.trim())
  const told = rest.join(":")
  const name = uniqueName(label, index, taken)
  const choices = told
    .split("|")
    .map((choice) => choice.trim())
    .filter(Boolean)
  if (choices.length > 1) return { name, label, type: "choice", choices: [...new Set(choices)] }
  const type = Object.keys(types).find((kind) => types[kind].includes(told.toLowerCase()))
  return { name, label, type: type ?? "text" }
}

function uniqueName(label, index, taken) {
  const words = plainOf(label)
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
  const camel = words
    .map((word, at) => (at === 0 ? word[0].toLowerCase() : word[0].toUpperCase()) + word.slice(1))
    .join("")
  const good = /^[a-z]/.test(camel) && !taken.has(camel) ? camel : `field${index + 1}`
  taken.add(good)
  return good
}
