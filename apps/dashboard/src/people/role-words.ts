import type { AccessLevel } from "@vibecaas/contract/project-access"
import type { Role } from "@vibecaas/contract/roles"

export const roleOptions: readonly { value: Role; label: string }[] = [
  { value: "owner", label: "Owner" },
  { value: "admin", label: "Admin" },
  { value: "developer", label: "Developer" },
  { value: "viewer", label: "Viewer" },
]

/** What each role is for, in a line. */
export const roleWords: Record<Role, string> = {
  owner: "Everything, also owners and deleting the organization.",
  admin: "Everything but owners and deleting the organization.",
  developer: "Makes, changes and runs projects.",
  viewer: "Looks, and changes nothing.",
}

export const levelOptions: readonly { value: AccessLevel; label: string }[] = [
  { value: "see", label: "Can see" },
  { value: "edit", label: "Can edit" },
  { value: "deploy", label: "Can deploy" },
]

export const levelWords: Record<AccessLevel, string> = {
  see: "Looks at the project and its private preview.",
  edit: "Also changes files and asks agents.",
  deploy: "Also starts, stops and deploys the app.",
}
