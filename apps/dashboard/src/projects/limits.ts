// The sentences and limits are those of the contract's schemas, which are too heavy for the first
// load; limits.test.ts compares both.

/** What is wrong with a goal, or nothing. */
export function goalText(text: string): string | undefined {
  const length = text.trim().length
  if (length < 1)
    return "Say what it should do, for example: a reading list with title, author and pages."
  return length > 4000 ? "Use at most 4,000 characters." : undefined
}

/** What is wrong with the name of a project, or nothing. */
export function projectName(text: string): string | undefined {
  const name = text.trim()
  if (name.length < 2) return "Use at least 2 characters, for example “Reading list”."
  if (name.length > 60) return "Use at most 60 characters."
  return /^[^\p{C}]*$/u.test(name) ? undefined : "Use only characters that can be seen."
}
