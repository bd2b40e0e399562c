import type { EgressEntry, EgressRule } from "@vibecaas/contract/kinds/network"
import type { egressLog, egressRules } from "../db/tables/network.ts"

/**
 * An allowed domain lets a project's machines connect to one host and port, or has the platform ask
 * one service for them. Everything that no rule names is refused.
 */
export type RuleRow = typeof egressRules.$inferSelect

export type ShownRule = RuleRow & {
  /** whether the vault has what its service is asked with */
  hasValue: boolean
}
export type EntryRow = typeof egressLog.$inferSelect

/** Whether a rule names a host; `*.` names all below a domain and not the domain itself. */
export function names({ host }: Pick<RuleRow, "host">, asked: string): boolean {
  return host.startsWith("*.") ? asked.endsWith(host.slice(1)) : host === asked
}

/** The rule that lets a machine connect there. */
export const ruleFor = (rules: readonly RuleRow[], host: string, port: number) =>
  rules.find((rule) => rule.name === null && rule.port === port && names(rule, host))

export function showRule(row: ShownRule): EgressRule {
  const { id, organizationId, projectId, host, port, name, header, hasValue } = row
  return {
    ...{ id, organizationId, projectId, host, port },
    service: name !== null && header !== null ? { name, header, hasValue } : null,
    ...{ reason: row.reason, allowedBy: row.allowedByName, version: row.version },
    createdAt: row.createdAt.toISOString(),
  }
}

export function showEntry({
  id: _,
  organizationId: __,
  projectId: ___,
  ...row
}: EntryRow): EgressEntry {
  return { ...row, at: row.at.toISOString() }
}
