/** A part of what calls show that is not the same each time, and what it is read as. */
interface MayDiffer {
  why: string
  /** fields of this name */
  field?: RegExp
  /** parts of any text */
  text?: RegExp
}

const mayDiffer: readonly MayDiffer[] = [
  { why: "how long it took", field: /^durationMs$/ },
  { why: "when it was answered", field: /^(date|last-modified|expires|etag|age)$/i },
  { why: "chance", field: /^set-cookie$/i },
  { why: "pixels", field: /^(picture|looks)$/ },
  {
    why: "whether there is a browser",
    text: /^(Nobody looked at the page in a browser\.|Loaded in a browser:).*$/gm,
  },
  {
    why: "which of a run's commits its draft showed before: one that others follow at once is passed over",
    text: /\[started at (?:[\s\S]*\[started at )?/g,
  },
  { why: "how long a test took", text: /(?<=\bduration_ms )[\d.]+|(?<=\()[\d.]+ ?ms(?=\))/g },
  { why: "a commit's name", text: /\b[0-9a-f]{40}\b/g },
  { why: "one of our ids", text: /\b[a-z]{2,4}_[0-9a-hjkmnp-tv-z]{26}\b/g },
  { why: "chance", text: /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi },
  {
    why: "the time",
    text: /\b\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?/g,
  },
  { why: "milliseconds since 1970", text: /\b1[5-9]\d{11}\b/g },
  {
    why: "a free port",
    text: /(?<=(localhost|127\.0\.0\.1|\[::1?\]|0\.0\.0\.0):)\d{2,5}\b|(?<=\bport:? )\d{2,5}\b/gi,
  },
  { why: "a process", text: /(?<=\(node:)\d+(?=\))|(?<=\bpid:? )\d+\b/gi },
  { why: "a temporary folder", text: /\/tmp\/[\w.-]+/g },
]

const same = "‹may differ›"

/** The value as it is compared: what may differ is read as the same. */
export function comparable(value: unknown): unknown {
  if (typeof value === "string") {
    return mayDiffer.reduce(
      (text, { text: part }) => (part ? text.replaceAll(part, same) : text),
      value,
    )
  }
  // A number can be a time too, and a text holds whatever a field may hold.
  if (typeof value === "number") return Number.isInteger(value) ? numberOf(value) : value
  if (Array.isArray(value)) return value.map(comparable)
  if (typeof value !== "object" || value === null) return value
  const entries = Object.entries(value).map(([name, each]) => [
    name,
    mayDiffer.some(({ field }) => field?.test(name)) ? same : comparable(each),
  ])
  return Object.fromEntries(entries)
}

const numberOf = (value: number) => {
  const read = comparable(String(value))
  return read === String(value) ? value : read
}
