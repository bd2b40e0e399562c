/** One assignment of a `.env` file, with the line that it begins in. */
export interface Assignment {
  line: number
  name: string
  value: string
}

// Each part ends where the next begins, so that no line is tried over and over.
const assignment = /^\s*(?:export\s+)?([^\s=#]+)\s*=[^\S\n]*(\S.*|)$/
const quotes = /^(["'`])/

/** Reads the text of a `.env` file as its programs do: quotes, values of several lines, comments. What is no assignment is left out. */
export function readDotenv(text: string): Assignment[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/)
  const found: Assignment[] = []
  for (let at = 0; at < lines.length; at++) {
    const [, name, rest = ""] = assignment.exec(lines[at] ?? "") ?? []
    if (name === undefined) continue
    const quote = quotes.exec(rest)?.[1]
    const line = at + 1
    if (quote === undefined) {
      found.push({
        line,
        name,
        value: rest
          .replace(/\s#.*$/, "")
          .replace(/^#.*$/, "")
          .trim(),
      })
      continue
    }
    const read = quoted(lines, { at, rest: rest.slice(1), quote })
    at = read.at
    found.push({ line, name, value: quote === '"' ? unescaped(read.value) : read.value })
  }
  return found
}

/** Up to the closing quote, over as many lines as it takes; a line that never closes is taken as it is. */
function quoted(
  lines: readonly string[],
  { at, rest, quote }: { at: number; rest: string; quote: string },
): { value: string; at: number } {
  const before: string[] = []
  for (let last = at; last < lines.length; last++) {
    const line = last === at ? rest : (lines[last] ?? "")
    const end = endOf(line, quote)
    if (end >= 0) return { value: [...before, line.slice(0, end)].join("\n"), at: last }
    before.push(line)
  }
  return { value: `${quote}${rest}`, at }
}

function endOf(value: string, quote: string): number {
  for (let at = 0; at < value.length; at++) {
    if (value[at] === "\\" && quote === '"') at++
    else if (value[at] === quote) return at
  }
  return -1
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" }
const unescaped = (text: string) =>
  text.replaceAll(/\\(.)/g, (whole, letter: string) =>
    '"\\$'.includes(letter) ? letter : (escapes[letter] ?? whole),
  )
