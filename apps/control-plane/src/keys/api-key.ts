import type { ApiKey } from "@vibecaas/contract/kinds/keys"
import { type Permission, roleCan } from "@vibecaas/contract/permissions"
import type { apiKeySecrets, apiKeys } from "../db/tables/keys.ts"

export type ApiKeyRow = typeof apiKeys.$inferSelect
export type ApiKeySecretRow = typeof apiKeySecrets.$inferSelect

/** A key with what its list shows of it. */
export interface ListedKey extends ApiKeyRow {
  secrets: ApiKeySecretRow[]
  creatorLeft: boolean
  /** names of the projects it is limited to that are still there, by their ids */
  projectNames: ReadonlyMap<string, string>
}

export const isOver = (at: Date | null, now: Date) => at !== null && at <= now

/** How a key is shown by the API. */
export function showKey(row: ListedKey, now: Date): ApiKey {
  const { id, organizationId, name, permissions, creatorLeft } = row
  return {
    ...{ id, organizationId, name, permissions, creatorLeft },
    state: isOver(row.expiresAt, now) ? "expired" : "active",
    projects: row.projectIds?.map((each) => showProject(row, each)) ?? null,
    secrets: row.secrets.filter(({ endsAt }) => !isOver(endsAt, now)).map(showSecret),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    createdBy: row.createdByName,
    createdAt: row.createdAt.toISOString(),
  }
}

const showProject = ({ projectNames }: ListedKey, id: NonNullable<ApiKeyRow["projectIds"]>[0]) => ({
  id,
  name: projectNames.get(id) ?? null,
})

const showSecret = ({ ending, createdAt, endsAt }: ApiKeySecretRow) => ({
  ending,
  createdAt: createdAt.toISOString(),
  endsAt: endsAt?.toISOString() ?? null,
})

/** What a key may do: what it was given, as far as the role of its maker has that today. */
export function rightsIn({ permissions, role }: Pick<ApiKeyRow, "permissions" | "role">) {
  return permissions.filter((permission: Permission) => roleCan(role, permission))
}
