import type { IdOf } from "@vibecaas/contract/kinds"
import type { AccessLevel } from "@vibecaas/contract/project-access"
import type { Role } from "@vibecaas/contract/roles"
import { fault, invariant } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import { sendMail } from "../mails/index.ts"
import { needProject } from "../projects/index.ts"
import { reserve } from "../quotas/index.ts"
import { needLivingOrganization, needOrganization } from "../tenants/index.ts"
import { tellMember } from "./change-member.ts"
import type { PeopleParts } from "./people-parts.ts"
import { assertMayGive, type InvitationRow, type ListedInvitation, levelInWords } from "./person.ts"
import {
  deleteInvitation,
  findInvitationTo,
  insertInvitation,
  listInvitations,
  listMembers,
  lockInvitation,
  updateInvitation,
} from "./queries/members.ts"
import { hashOfToken, linkOf, newToken } from "./token.ts"

const dayMs = 24 * 60 * 60 * 1000

/** To the organization with a role, or to one project with a level. */
export type Goal =
  | { role: Role; project: null }
  | { role: null; project: { id: IdOf<"project">; level: AccessLevel } }

export interface Wanted {
  /** of whoever invites */
  own: Role
  /** null: whoever has the link */
  email: string | null
  goal: Goal
  days: number
}

export interface Made {
  row: ListedInvitation
  link: string
}

type InviteParts = Pick<PeopleParts, "masterKey" | "publicUrl">

/**
 * Invites somebody: by mail when an address is given, else by a link that works once.
 *
 * @throws Fault `forbidden` to make an owner without being one, `name_taken` for who is a member or
 * invited already, `quota_exceeded`
 */
export async function invite(ctx: Ctx, parts: InviteParts, wanted: Wanted): Promise<Made> {
  await needLivingOrganization(ctx)
  const { goal, own } = wanted
  assertMayGive(own, [goal.role])
  const email = wanted.email?.toLowerCase() ?? null
  if (email !== null) await assertNew(ctx, email, goal)
  const id = ctx.newId("inv")
  await reserve(ctx, "invitations", { subject: id, amount: 1 })
  const { actor } = ctx
  invariant(actor.id, "only people invite")
  const token = newToken()
  const now = ctx.clock.now()
  const row: InvitationRow = {
    ...{ id, organizationId: ctx.organizationId, email, role: goal.role },
    ...{ projectId: goal.project?.id ?? null, level: goal.project?.level ?? null },
    ...{ tokenHash: hashOfToken(token), invitedById: actor.id, invitedByName: actor.name },
    ...{ createdAt: now, expiresAt: new Date(now.getTime() + wanted.days * dayMs) },
  }
  await insertInvitation(ctx.db, row)
  const details = { about: email ?? "a link", role: row.role, level: row.level }
  record(ctx, { action: "invitation.create", subject: id, details })
  return send(ctx, parts, { row, token })
}

/**
 * Gives an invitation a new link, and a week from now; the link before opens nothing more.
 *
 * @throws Fault `not_found`
 */
export async function resend(
  ctx: Ctx,
  parts: InviteParts,
  of: { id: IdOf<"invitation">; own: Role },
): Promise<Made> {
  const row = await needInvitation(ctx, of)
  const token = newToken()
  const expiresAt = new Date(ctx.clock.now().getTime() + 7 * dayMs)
  const set = { tokenHash: hashOfToken(token), expiresAt }
  await updateInvitation(ctx.db, row.id, set)
  record(ctx, {
    ...{ action: "invitation.resend", subject: row.id, details: { about: row.email ?? "a link" } },
  })
  return send(ctx, parts, { row: { ...row, ...set }, token })
}

/** @throws Fault `not_found` */
export async function revoke(ctx: Ctx, of: { id: IdOf<"invitation">; own: Role }): Promise<void> {
  const row = await needInvitation(ctx, of)
  await endInvitation(ctx, row.id)
  record(ctx, {
    ...{ action: "invitation.revoke", subject: row.id, details: { about: row.email ?? "a link" } },
  })
}

/** Takes an invitation away, whatever became of it. A trigger gives back its place among the open ones. */
export async function endInvitation(ctx: Ctx, id: IdOf<"invitation">): Promise<void> {
  await deleteInvitation(ctx.db, id)
  tellMember(ctx, id)
}

async function needInvitation(
  ctx: Ctx,
  { id, own }: { id: IdOf<"invitation">; own: Role },
): Promise<InvitationRow> {
  const row = await lockInvitation(ctx.db, id)
  if (!row) throw fault("not_found", { say: "There is no such invitation." })
  assertMayGive(own, [row.role])
  return row
}

async function assertNew(ctx: Ctx, email: string, goal: Goal): Promise<void> {
  const projectId = goal.project?.id ?? null
  const member = (await listMembers(ctx.db)).find((each) => each.email.toLowerCase() === email)
  if (member && projectId === null) throw taken("They are a member already.")
  const open = await findInvitationTo(ctx.db, { email, projectId })
  if (open) throw taken("They are invited already. Send the invitation again.")
}

const taken = (say: string) => fault("name_taken", { say, fields: { "/email": say } })

async function send(
  ctx: Ctx,
  { masterKey, publicUrl }: InviteParts,
  { row, token }: { row: InvitationRow; token: string },
): Promise<Made> {
  const link = linkOf(publicUrl, token)
  const { name } = await needOrganization(ctx)
  const project = row.projectId ? await needProject(ctx, row.projectId) : undefined
  if (row.email !== null) {
    const what = project
      ? `to ${levelInWords(row.level ?? "see")} the project “${project.name}” of ${name}`
      : `to ${name} as ${row.role}`
    await sendMail(ctx, masterKey, {
      to: row.email,
      subject: `${row.invitedByName} invites you ${project ? `to ${project.name}` : `to ${name}`}`,
      text: `${row.invitedByName} invites you ${what}.\n\nOpen this link to accept; it works once, until ${row.expiresAt.toUTCString()}:\n\n${link}\n\nIf you did not expect this, do nothing.\n`,
    })
  }
  tellMember(ctx, row.id)
  return { row: { ...row, projectName: project?.name ?? null }, link }
}

/** Open invitations; of one project when it is named. */
export const openInvitations = (ctx: Ctx, projectId?: IdOf<"project">) =>
  listInvitations(ctx.db, projectId)
