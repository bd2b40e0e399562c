import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query"
import { act } from "../api/act.ts"
import { read, readPages } from "../api/read.ts"

const people = "GET /platform/people"
const person = "GET /platform/people/{userId}"
const organizations = "GET /platform/organizations"
const organization = "GET /platform/organizations/{organizationId}"

const searched = (search: string) => ({ query: { limit: 50, ...(search ? { search } : {}) } })

export const usePeople = (search: string) =>
  useInfiniteQuery({ ...readPages(people, searched(search)), placeholderData: keepPreviousData })
export const usePerson = (userId: string) => useQuery(read(person, { params: { userId } }))

export const useOrganizations = (search: string) =>
  useInfiniteQuery({
    ...readPages(organizations, searched(search)),
    placeholderData: keepPreviousData,
  })
export const useOrganization = (organizationId: `org_${string}`) =>
  useQuery(read(organization, { params: { organizationId } }))

const ofPerson = { renews: [people, person] } as const
export const disablePerson = act("POST /platform/people/{userId}/disable", ofPerson)
export const enablePerson = act("POST /platform/people/{userId}/enable", ofPerson)
export const endSessions = act("POST /platform/people/{userId}/end-sessions", ofPerson)
export const sendReset = act("POST /platform/people/{userId}/reset-mail")
export const impersonate = act("POST /platform/people/{userId}/impersonate")
export const endImpersonation = act("POST /impersonation/end")

const ofOrganization = { renews: [organizations, organization, "GET /me"] } as const
export const disableOrganization = act(
  "POST /platform/organizations/{organizationId}/disable",
  ofOrganization,
)
export const enableOrganization = act(
  "POST /platform/organizations/{organizationId}/enable",
  ofOrganization,
)
export const setLimit = act("PUT /platform/organizations/{organizationId}/limit", {
  renews: [organization, "GET /organizations/{organizationId}/quotas"],
})
export const setPlan = act("PUT /organizations/{organizationId}/plan", {
  renews: [...ofOrganization.renews, "GET /organizations/{organizationId}/quotas"],
})
