/**
 * The value as the journal will give it back: plain JSON, without the NUL characters and lone
 * surrogates that PostgreSQL refuses in `jsonb`. A live call is answered with this same value, so
 * that a replay cannot differ from it.
 */
export function storable<T>(value: T): T {
  const text = JSON.stringify(value, (_key, each) =>
    typeof each === "string" ? each.replaceAll("\0", "\uFFFD").toWellFormed() : each,
  )
  // What JSON keeps of a value has its type, but for the functions and dates that answers never hold.
  return text === undefined ? (null as T) : (JSON.parse(text) as T)
}

/** Cuts the middle out of a text that is longer than `charsMax`. */
export function clip(text: string, charsMax: number): { text: string; truncated: boolean } {
  if (text.length <= charsMax) return { text, truncated: false }
  const half = Math.floor(charsMax / 2)
  const dropped = text.length - 2 * half
  return {
    text: `${text.slice(0, half)}\n… ${dropped} characters left out …\n${text.slice(-half)}`,
    truncated: true,
  }
}
