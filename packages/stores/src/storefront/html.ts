/** Markup that may be sent as it is: what was put into it has been escaped. */
export interface Html {
  readonly markup: string
}

type Part = Html | string | number | false | null | undefined | readonly Part[]

/** Texts are escaped, markup stays, lists are joined, nothing is left out. Attributes stand in double quotes. */
export function html(fixed: TemplateStringsArray, ...parts: Part[]): Html {
  return { markup: fixed.reduce((text, each, index) => text + written(parts[index - 1]) + each) }
}

function written(part: Part): string {
  if (part === undefined || part === null || part === false) return ""
  if (typeof part === "string") return escaped(part)
  if (typeof part === "number") return String(part)
  return "markup" in part ? part.markup : part.map(written).join("")
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
}

export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (each) => entities[each] ?? each)
}
