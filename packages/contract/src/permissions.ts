/** Roles in an organization, strongest first. */
export const roles = ["owner", "admin", "developer", "viewer"] as const
export type Role = (typeof roles)[number]

/** Which roles have a permission: the one list that server, screens and the matrix test read. */
export const can = {
  "organization:read": ["owner", "admin", "developer", "viewer"],
  "organization:update": ["owner", "admin"],
  "audit:read": ["owner", "admin"],
  "usage:read": ["owner", "admin", "developer", "viewer"],
  "quota:read": ["owner", "admin", "developer", "viewer"],
  "project:read": ["owner", "admin", "developer", "viewer"],
  "project:create": ["owner", "admin", "developer"],
  "project:update": ["owner", "admin", "developer"],
  "project:delete": ["owner", "admin"],
  "microvm:operate": ["owner", "admin", "developer"],
  "run:read": ["owner", "admin", "developer", "viewer"],
  "run:start": ["owner", "admin", "developer"],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof can

export function roleCan(role: Role, permission: Permission): boolean {
  return (can[permission] as readonly Role[]).includes(role)
}
