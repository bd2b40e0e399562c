import type { Person } from "./sessions.ts"

/** Who an answer of the sign-in library is about. */
export function personIn(answer: unknown): Person | undefined {
  if (typeof answer !== "object" || answer === null || !("user" in answer)) return undefined
  const [id, name, email] = ["id", "name", "email"].map((key) => textField(answer.user, key))
  return id && email ? { id, name: name ?? "", email } : undefined
}

export function textField(value: unknown, name: string): string | undefined {
  if (typeof value !== "object" || value === null) return undefined
  const field = (value as Record<string, unknown>)[name] // any object can be read by key
  return typeof field === "string" ? field : undefined
}
