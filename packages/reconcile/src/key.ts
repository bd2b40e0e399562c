import { invariant } from "@vibecaas/kernel/fault"

/** Names one thing a loop looks after. `organizationId` is empty for what belongs to the platform. */
export interface Key {
  organizationId: string
  id: string
}

/** The form in rows, jobs and logs: `<organizationId>/<id>`. Neither part may hold a slash. */
export function keyText(key: Key): string {
  invariant(key.id !== "", "a key names something")
  invariant(!`${key.organizationId}${key.id}`.includes("/"), "ids hold no slash")
  return `${key.organizationId}/${key.id}`
}

export function parseKey(text: string): Key {
  const slash = text.indexOf("/")
  invariant(slash >= 0 && slash < text.length - 1, `not a key: ${text}`)
  return { organizationId: text.slice(0, slash), id: text.slice(slash + 1) }
}
