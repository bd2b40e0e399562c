import type { IdOf } from "@vibecaas/contract/kinds"
import type { AccessLevel } from "@vibecaas/contract/project-access"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import { sendMail } from "../mails/index.ts"
import { needLivingProject, needProject } from "../projects/index.ts"
import type { PeopleParts } from "./people-parts.ts"
import { listRequests, putRequest, takeRequest } from "./queries/access.ts"
import { listMembers } from "./queries/members.ts"
import { standingIn } from "./rights-in-project.ts"
import { give, tellAccess } from "./share-project.ts"

type ProjectId = IdOf<"project">

interface Asked {
  person: { id: string; name: string }
  projectId: ProjectId
  note: string
}

/** Nobody needs more of them to be heard. */
const mailedMax = 10

/**
 * A member asks for a project that they do not see. Owners and admins are written to, once.
 *
 * @returns false for one that they see already
 * @throws Fault `wrong_state` while the project is being deleted
 */
export async function askForAccess(
  ctx: Ctx,
  parts: Pick<PeopleParts, "masterKey" | "publicUrl">,
  asked: Asked,
): Promise<boolean> {
  const { person, projectId, note } = asked
  if (await standingIn(ctx, { projectId, userId: person.id })) return false
  const { name: about } = await needLivingProject(ctx, projectId)
  const id = ctx.newId("acr")
  const row = { id, organizationId: ctx.organizationId, projectId, userId: person.id, note }
  const isNew = await putRequest(ctx.db, row)
  tellAccess(ctx, projectId)
  if (!isNew) return true
  record(ctx, { action: "project_access.ask", subject: projectId, details: { about } })
  await writeToDeciding(ctx, parts, { ...asked, about })
  return true
}

async function writeToDeciding(
  ctx: Ctx,
  { masterKey, publicUrl }: Pick<PeopleParts, "masterKey" | "publicUrl">,
  { person, projectId, note, about }: Asked & { about: string },
): Promise<void> {
  const members = await listMembers(ctx.db)
  const deciding = members.filter(({ role }) => role === "owner" || role === "admin")
  for (const { email } of deciding.slice(0, mailedMax)) {
    await sendMail(ctx, masterKey, {
      to: email,
      subject: `${person.name} asks for access to ${about}`,
      text: `${person.name} asks for access to the project “${about}”.\n${note ? `\nThey say: ${note}\n` : ""}\nAnswer it here: ${publicUrl}/projects/${projectId}/settings\n`,
    })
  }
}

/**
 * Grants what somebody asked for, or declines it.
 *
 * @throws Fault `not_found` when it was answered already
 */
export async function answerRequest(
  ctx: Ctx,
  of: { projectId: ProjectId; id: IdOf<"access_request">; level: AccessLevel | null },
): Promise<void> {
  const { projectId, id, level } = of
  await needProject(ctx, projectId)
  const asking = (await listRequests(ctx.db, projectId)).find((each) => each.id === id)
  const userId = await takeRequest(ctx.db, { projectId, id })
  if (!userId || !asking) throw fault("not_found", { say: "That was answered already." })
  if (level) return give(ctx, { projectId, userId, name: asking.name, level })
  const details = { about: asking.name, projectId }
  record(ctx, { action: "project_access.decline", subject: userId, details })
  tellAccess(ctx, projectId)
}
