import type { ApiKey, KeyPreset } from "@vibecaas/contract/kinds/keys"
import { count } from "../ui/format.ts"
import { capitalized, listOf } from "../ui/words.ts"

export const presetWords: Record<KeyPreset, string> = { read: "Read", build: "Build", full: "Full" }

/** Permissions that belong together, by the noun that their names begin with. */
interface PermissionGroup {
  name: string
  permissions: { permission: string; label: string; calls: readonly string[] }[]
}

/** `app:operate` and its like, by noun: “App”, with “Operate”. */
export function groupsOf(
  items: readonly { permission: string; calls: readonly string[] }[],
): PermissionGroup[] {
  const groups = Map.groupBy(items, ({ permission }) => nounOf(permission))
  return [...groups].map(([noun, all]) => ({
    name: capitalized(noun.replaceAll("_", " ")),
    permissions: all.map(({ permission, calls }) => ({
      ...{ permission, calls },
      label: capitalized(permission.slice(noun.length + 1)),
    })),
  }))
}

const nounOf = (permission: string) => permission.split(":", 1)[0] ?? ""

/** The first of a permission's calls, and how many others there are. */
export function callsInWords([first = "", ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first}, and ${count(others.length, "other call")}`
}

/** What a key is limited to, in a line. */
export function limitsOf({ projects }: Pick<ApiKey, "projects">): string {
  if (projects === null) return "All projects"
  const names = projects.map(({ name }) => name ?? "a deleted project")
  return names.length > 2 ? count(names.length, "project") : listOf(names)
}

/** The ready-made set that these are, or else nothing. */
export function presetOf(
  presets: Readonly<Record<KeyPreset, readonly string[]>>,
  permissions: readonly string[],
): KeyPreset | undefined {
  const names: readonly KeyPreset[] = ["read", "build", "full"]
  const wanted = permissions.toSorted().join()
  return names.find((name) => presets[name].toSorted().join() === wanted)
}
