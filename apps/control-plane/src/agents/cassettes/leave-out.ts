/** What stands where a secret was. */
export const leftOut = "‹left out›"

/** Shapes of keys and passwords that nobody means to hand on. */
const secretShapes: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/g,
  /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/g,
  /\bsk-[\w-]{20,}/g,
  /\bAIza[\w-]{35}\b/g,
  /\bAKIA[0-9A-Z]{16}\b/g,
  /\bgh[pousr]_\w{36,}/g,
  /\bxox[a-z]-[\w-]{10,}/g,
  /(?<=\bBearer )[\w.~+/-]{16,}=*/gi,
  /(?<=:\/\/[^\s:@/]{1,60}:)[^\s:@/]{3,100}(?=@)/g,
]

/** Headers whose values let somebody in. */
const secretHeaders = /^(set-cookie|cookie|authorization|proxy-authorization)$/i

/** shorter values are words that stand everywhere, such as `true` or `3000` */
const secretCharsMin = 8

export interface LeavesOut {
  /** the same value without secrets, in keys too */
  from<T>(value: T): T
  /** how many were left out so far */
  count: number
}

/** Takes secrets out of texts: those whose values are known, and those that look like some. */
export function leaveOut(known: readonly string[]): LeavesOut {
  const long = known.filter(({ length }) => length >= secretCharsMin)
  // The longest first: one may begin like another.
  const values = long.toSorted((a, b) => b.length - a.length)
  const leaves: LeavesOut = {
    count: 0,
    // Texts are replaced by texts and nothing else is touched.
    from: <T>(value: T) => without(value) as T,
  }
  const replace = () => {
    leaves.count += 1
    return leftOut
  }
  const text = (words: string) => {
    const unknown = values.reduce((left, secret) => left.replaceAll(secret, replace), words)
    return secretShapes.reduce((left, shape) => left.replaceAll(shape, replace), unknown)
  }
  function without(value: unknown, name = ""): unknown {
    if (typeof value === "string") return secretHeaders.test(name) ? replace() : text(value)
    if (Array.isArray(value)) return value.map((each) => without(each, name))
    if (typeof value !== "object" || value === null) return value
    const entries = Object.entries(value).map(([key, each]) => [text(key), without(each, key)])
    return Object.fromEntries(entries)
  }
  return leaves
}
