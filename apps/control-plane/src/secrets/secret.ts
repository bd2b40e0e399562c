import type { IdOf } from "@vibecaas/contract/kinds"
import { expiringDays, type Secret, type SecretState } from "@vibecaas/contract/kinds/secrets"
import type { secretShares, secrets, secretVersions } from "../db/tables/secrets.ts"

/**
 * A secret is a named value that apps have as a variable and nobody else sees. The row says what it is
 * for; its versions hold what was set, sealed. Values leave this folder in two ways only: into an app
 * that is started, and by `reveal`.
 */
export type SecretRow = typeof secrets.$inferSelect
export type VersionRow = Omit<typeof secretVersions.$inferSelect, "sealed" | "broughtFrom">
export type ShareRow = typeof secretShares.$inferSelect

/** A share with the names of what it leads to, as far as they are the organization's own. */
export interface ListedShare extends ShareRow {
  projectName: string | null
}

export interface UseRow {
  secretId: IdOf<"secret">
  projectId: IdOf<"project">
  projectName: string
  purpose: "live" | "draft"
  variable: string
  version: number
}

/** A secret with what its list shows of it. */
export interface ListedSecret {
  row: SecretRow
  current: VersionRow
  uses: readonly UseRow[]
  shares: readonly ListedShare[]
}

const dayMs = 24 * 60 * 60 * 1000

export function stateOf(expiresAt: Date | null, now: Date): SecretState {
  if (expiresAt === null) return "active"
  const left = expiresAt.getTime() - now.getTime()
  if (left <= 0) return "expired"
  return left <= expiringDays * dayMs ? "expiring" : "active"
}

export const showVersion = ({ number, setByName, setAt }: VersionRow) => ({
  ...{ number, setBy: setByName, setAt: setAt.toISOString() },
})

export function showSecret({ row, current, uses, shares }: ListedSecret, now: Date): Secret {
  const { id, organizationId, projectId, name, environment, type, note, changes } = row
  return {
    ...{ id, organizationId, projectId, name, environment, type, note, changes },
    state: stateOf(row.expiresAt, now),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    current: showVersion(current),
    hook:
      row.hookUrl === null
        ? null
        : { url: row.hookUrl, told: row.hookTold, failure: row.hookFailure },
    usedBy: uses.map(({ secretId: _, ...use }) => use),
    shares: shares.map((share) => showShare(share, organizationId)),
    createdBy: row.createdByName,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }
}

function showShare(share: ListedShare, owner: IdOf<"organization">): Secret["shares"][number] {
  const own = share.toOrganizationId === owner
  return {
    ...{ id: share.id, organizationId: share.toOrganizationId, projectId: share.toProjectId },
    organizationName: own ? "This organization" : null,
    ...{ projectName: share.projectName, sharedBy: share.sharedByName },
    createdAt: share.createdAt.toISOString(),
  }
}
