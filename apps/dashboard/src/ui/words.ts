/** "a", "a and b", "a, b and c" */
export function listOf(parts: readonly string[]): string {
  if (parts.length < 2) return parts[0] ?? ""
  return `${parts.slice(0, -1).join(", ")} and ${parts[parts.length - 1]}`
}

/** "Reading list" for "reading list" */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
