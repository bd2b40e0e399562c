import type { Role } from "./roles.ts"

/** What a person may do in one project beside their role: each level has all of the one before. */
export const accessLevels = ["see", "edit", "deploy"] as const
export type AccessLevel = (typeof accessLevels)[number]

/** Who of an organization sees a project: everybody in it, or who is named, besides owners and admins. */
export const audiences = ["organization", "listed"] as const
export type Audience = (typeof audiences)[number]

/** Whether a role sees every project, also those that are kept to who is named. */
export const seesAllProjects = (role: Role): boolean => role === "owner" || role === "admin"

const see = ["project:read", "run:read"] as const
const edit = [...see, "project:update", "run:start"] as const
const deploy = [...edit, "app:operate", "machine:operate", "data:read", "data:manage"] as const

const rights = { see, edit, deploy } as const
export type LevelPermission = (typeof deploy)[number]

/** All that a level allows in its project. */
export const permissionsOfLevel = (level: AccessLevel): readonly LevelPermission[] => rights[level]

export function levelCan(level: AccessLevel, permission: string): boolean {
  return rights[level].some((each) => each === permission)
}
