import { userId } from "@vibecaas/contract/ids"
import { organizationId } from "@vibecaas/contract/kinds/tenants"
import { z } from "zod"
import type { Actor } from "../core/ctx.ts"
import { decodeCursor, takePage } from "../core/cursor.ts"
import type { Handlers, Principal } from "../core/kind.ts"
import { record } from "../core/record.ts"
import {
  changeLimit,
  disableOrganization,
  enableOrganization,
  type OrganizationWish,
  organizationDetail,
} from "./change-organization.ts"
import { disable, enable, endSessions, needPerson, resetMail, type Wish } from "./change-person.ts"
import { endImpersonation, impersonate } from "./impersonate.ts"
import type { AdministrationParts } from "./parts.ts"
import { showOrganization, showPerson, showPersonDetail } from "./person.ts"
import { listLooks, listOrganizations, listPeople, type Page } from "./queries.ts"

const afterPerson = z.object({ at: z.iso.datetime(), id: userId })
const afterOrganization = z.object({ at: z.iso.datetime(), id: organizationId })
const position = ({ createdAt, id }: { createdAt: Date; id: string }) => ({
  at: createdAt.toISOString(),
  id,
})

type PeopleRoute = Extract<keyof Handlers<"administration">, `${string} /platform/people${string}`>
type OtherRoute = Exclude<keyof Handlers<"administration">, PeopleRoute>

export function administrationHandlers(parts: AdministrationParts): Handlers<"administration"> {
  return { ...peopleHandlers(parts), ...organizationHandlers(parts) }
}

interface Called {
  principal: Principal
  actor: Actor
}

function peopleHandlers(parts: AdministrationParts): Pick<Handlers<"administration">, PeopleRoute> {
  const wish = ({ principal, actor, params }: Called & { params: { userId: string } }): Wish => ({
    ...{ admin: principal, actor, userId: params.userId },
  })
  return {
    "GET /platform/people": async ({ query, ...called }) => {
      const { limit, cursor, search } = query
      const before = decodeCursor(afterPerson, cursor)
      const page = pageOf(called, { search, before, limit })
      const rows = await parts.database.asPlatform((tx) => listPeople(tx, page))
      await keepReading(parts, called, { action: "people.read", about: "People", search })
      return takePage(rows, limit, { show: showPerson, position })
    },
    "GET /platform/people/{userId}": (called) => personDetail(parts, wish(called)),
    "POST /platform/people/{userId}/disable": async ({ body, ...called }) => {
      await disable(parts, { ...wish(called), ...body })
      return personDetail(parts, wish(called))
    },
    "POST /platform/people/{userId}/enable": async (called) => {
      await enable(parts, wish(called))
      return personDetail(parts, wish(called))
    },
    "POST /platform/people/{userId}/end-sessions": async (called) => {
      await endSessions(parts, wish(called))
      return personDetail(parts, wish(called))
    },
    "POST /platform/people/{userId}/reset-mail": async (called) => ({
      sentTo: await resetMail(parts, wish(called)),
    }),
    "POST /platform/people/{userId}/impersonate": async ({ body, visitor, ...called }) => {
      const { endsAt, setCookies } = await impersonate(parts, { ...wish(called), ...body, visitor })
      return { body: { endsAt: endsAt.toISOString() }, setCookies }
    },
  }
}

function organizationHandlers(
  parts: AdministrationParts,
): Pick<Handlers<"administration">, OtherRoute> {
  const wish = ({
    principal,
    actor,
    params,
  }: Called & { params: { organizationId: string } }): OrganizationWish => ({
    ...{ admin: principal, actor, organizationId: params.organizationId },
  })
  return {
    "POST /impersonation/end": async ({ principal, actor }) => {
      const { signedIn, setCookies } = await endImpersonation(parts, { principal, actor })
      return { body: { signedIn }, setCookies }
    },
    "GET /platform/organizations": async ({ query, ...called }) => {
      const { limit, cursor, search } = query
      const before = decodeCursor(afterOrganization, cursor)
      const page = pageOf(called, { search, before, limit })
      const rows = await parts.database.asPlatform((tx) => listOrganizations(tx, page))
      const about = "Organizations"
      await keepReading(parts, called, { action: "organizations.read", about, search })
      return takePage(rows, limit, { show: showOrganization, position })
    },
    "GET /platform/organizations/{organizationId}": (called) =>
      organizationDetail(parts, wish(called)),
    "PUT /platform/organizations/{organizationId}/limit": async ({ body, ...called }) => {
      await changeLimit(parts, { ...wish(called), ...body })
      return organizationDetail(parts, wish(called))
    },
    "POST /platform/organizations/{organizationId}/disable": async ({ body, ...called }) => {
      await disableOrganization(parts, { ...wish(called), ...body })
      return organizationDetail(parts, wish(called))
    },
    "POST /platform/organizations/{organizationId}/enable": async (called) => {
      await enableOrganization(parts, wish(called))
      return organizationDetail(parts, wish(called))
    },
  }
}

const pageOf = ({ principal }: Called, page: Pick<Page, "search" | "before" | "limit">): Page => ({
  ...page,
  admin: principal.userId,
  limit: page.limit + 1,
})

async function personDetail(parts: AdministrationParts, wish: Wish) {
  const row = await needPerson(parts, wish)
  const looks = await parts.database.asPlatform((tx) => listLooks(tx, row.id))
  return showPersonDetail(row, await parts.desk.sessionsOf(row.id), looks)
}

/** What lies beyond the administrator's own organizations is not looked at unseen. */
async function keepReading(
  { scope }: AdministrationParts,
  { principal, actor }: Called,
  { action, about, search }: { action: string; about: string; search: string | undefined },
): Promise<void> {
  const organizationId = principal.personalOrganizationId
  const details = { about, ...(search ? { search } : {}) }
  await scope({ organizationId, actor }, async (ctx) =>
    record(ctx, { action, subject: organizationId, details }),
  )
}
