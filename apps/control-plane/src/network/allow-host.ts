import type { IdOf } from "@vibecaas/contract/kinds"
import { egressRulesMax } from "@vibecaas/contract/kinds/network"
import { fault } from "@vibecaas/kernel/fault"
import { changed } from "../core/changes.ts"
import type { Ctx } from "../core/ctx.ts"
import { emit } from "../core/emit.ts"
import { record } from "../core/record.ts"
import { versionMismatch } from "../core/version-mismatch.ts"
import { lockLivingProject } from "../projects/index.ts"
import type { Vault } from "../secrets/index.ts"
import { isOwn } from "./door/pin.ts"
import type { NetworkParts } from "./network-parts.ts"
import { deleteRule, insertRule, listRules, touchRule } from "./queries.ts"
import type { RuleRow, ShownRule } from "./rule.ts"

export interface WantedRule {
  projectId: IdOf<"project">
  host: string
  port: number
  /** without a value it is asked only once somebody sets one */
  service: { name: string; header: string; value?: string } | null
  reason: string
  /** who allowed it, where an agent asked for it */
  approvedBy?: string
}

/** A value is kept by its rule, by the header that it is sent in. */
const keptAs = ({ id, header }: Pick<RuleRow, "id" | "header">) => ({
  by: id,
  name: (header ?? "").toLowerCase(),
})

/** What HTTP itself says. */
const reserved = new Set([
  ...["host", "content-length", "connection", "transfer-encoding", "upgrade", "te", "trailer"],
  ...["expect", "keep-alive", "proxy-authorization", "proxy-connection"],
])

const wrong = (field: string, say: string) => fault("invalid", { say, fields: { [field]: say } })

/**
 * Lets a project's machines reach a domain from now on. Allowing again what is allowed changes nothing.
 *
 * @throws Fault `not_found`, `wrong_state` while the project is being deleted, `quota_exceeded`, `name_taken`,
 * `invalid` for the platform's own domain and for a service below a star
 */
export async function allowHost(
  ctx: Ctx,
  parts: Pick<NetworkParts, "vault" | "own">,
  wanted: WantedRule,
): Promise<ShownRule> {
  const { projectId, host, port, service, reason, approvedBy } = wanted
  const { name: project } = await lockLivingProject(ctx, projectId)
  const rules = await listRules(ctx.db, projectId)
  const known = rules.find((each) => each.host === host && each.port === port && !each.name)
  if (known && !service) return { ...known, hasValue: false }
  check(rules, parts, wanted)
  const id = ctx.newId("egr")
  const value = service?.value
  const row: RuleRow = {
    ...{ id, organizationId: ctx.organizationId, projectId, host, port, reason },
    ...{ name: service?.name ?? null, header: service?.header ?? null },
    ...{ allowedByName: approvedBy ?? ctx.actor.name, version: 1 },
    ...{ createdAt: ctx.clock.now(), updatedAt: ctx.clock.now() },
  }
  await insertRule(ctx.db, row)
  if (value !== undefined) await keepValue(ctx, parts, { row, value })
  const details = { about: project, host, port, service: row.name, reason }
  const by = approvedBy === undefined ? {} : { approvedBy }
  record(ctx, { action: "network.allow", subject: projectId, details: { ...details, ...by } })
  networkChanged(ctx, projectId)
  return { ...row, hasValue: value !== undefined }
}

function check(
  rules: readonly RuleRow[],
  { own }: Pick<NetworkParts, "own">,
  { host, service }: WantedRule,
): void {
  if (rules.length >= egressRulesMax) {
    const say = `A project can have ${egressRulesMax} allowed domains. Revoke one before you allow another.`
    throw fault("quota_exceeded", { say })
  }
  if (isOwn(own, host)) throw wrong("/host", "That is the platform itself: apps do not reach it.")
  if (!service) return
  if (host.startsWith("*."))
    throw wrong("/host", "A secret goes to one host: name it without a star.")
  if (reserved.has(service.header.toLowerCase()))
    throw wrong("/service/header", `${service.header} is not yours to set.`)
  if (!rules.some((each) => each.name === service.name)) return
  const say = `This project has a service ${service.name} already. Use another name.`
  throw fault("name_taken", { say, fields: { "/service/name": say } })
}

const keepValue = (
  ctx: Ctx,
  { vault }: Pick<NetworkParts, "vault">,
  { row, value }: { row: RuleRow; value: string },
): Promise<void> =>
  vault.keep(ctx, { ...keptAs(row), projectId: row.projectId, type: "text", value })

/** The secret of a service; nothing while nobody set one. @throws Fault `seal_broken` */
export const secretFor = (ctx: Ctx, vault: Vault, row: RuleRow): Promise<string | undefined> =>
  vault.read(ctx, keptAs(row))

interface RuleOf {
  projectId: IdOf<"project">
  ruleId: IdOf<"egressRule">
}

/** @throws Fault `not_found`, `wrong_state` also for a rule without a service, `version_mismatch` */
export async function setServiceValue(
  ctx: Ctx,
  parts: Pick<NetworkParts, "vault">,
  { value, ifMatch, ...of }: RuleOf & { value: string; ifMatch: number | undefined },
): Promise<ShownRule> {
  const row = await needRule(ctx, of)
  if (ifMatch !== undefined && ifMatch !== row.version) throw versionMismatch("this service")
  if (row.name === null) throw fault("wrong_state", { say: "A domain has no secret." })
  await keepValue(ctx, parts, { row, value })
  const set = { ...row, version: row.version + 1, updatedAt: ctx.clock.now() }
  await touchRule(ctx.db, set)
  const details = { about: row.host, service: row.name }
  record(ctx, { action: "network.set_secret", subject: of.projectId, details })
  networkChanged(ctx, of.projectId)
  return { ...set, hasValue: true }
}

/** Ends what a rule allowed: connections by it too. @throws Fault `not_found`, `wrong_state` */
export async function revoke(
  ctx: Ctx,
  { vault }: Pick<NetworkParts, "vault">,
  of: RuleOf,
): Promise<void> {
  const row = await needRule(ctx, of)
  await deleteRule(ctx.db, row)
  await vault.drop(ctx, row.id)
  const details = { about: row.host, host: row.host, port: row.port, service: row.name }
  record(ctx, { action: "network.revoke", subject: of.projectId, details })
  networkChanged(ctx, of.projectId)
}

async function needRule(ctx: Ctx, { projectId, ruleId }: RuleOf): Promise<RuleRow> {
  await lockLivingProject(ctx, projectId)
  const row = (await listRules(ctx.db, projectId)).find(({ id }) => id === ruleId)
  if (row) return row
  throw fault("not_found", { say: "There is no such allowed domain." })
}

function networkChanged(ctx: Ctx, projectId: IdOf<"project">): void {
  changed(ctx, `network/${projectId}`, async () =>
    emit(ctx, {
      kind: "network.changed",
      about: { project: projectId },
      id: projectId,
      data: null,
    }),
  )
}
