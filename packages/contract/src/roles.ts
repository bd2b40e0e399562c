/** Roles in an organization, strongest first. */
export const roles = ["owner", "admin", "developer", "viewer"] as const
export type Role = (typeof roles)[number]
