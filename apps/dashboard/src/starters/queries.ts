"use client"
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query"
import type { StarterSummary } from "@vibecaas/contract/kinds/starters"
import type { OrganizationId } from "@vibecaas/contract/kinds/tenants"
import { act } from "../api/act.ts"
import { read, readPages } from "../api/read.ts"
import type { Applier } from "../kind.ts"
import { useSession } from "../shell/session.tsx"

export interface StarterFilter {
  search: string
  category: StarterSummary["category"] | undefined
  tag: string | undefined
}

/** Starters page by page, the best match of the search first. */
export function useStarters({ search, category, tag }: StarterFilter, limit = 24) {
  const { organization } = useSession()
  const query = {
    ...{ organizationId: organization.id, limit },
    ...(search ? { search } : {}),
    ...(category ? { category } : {}),
    ...(tag ? { tag } : {}),
  }
  return useInfiniteQuery({
    ...readPages("GET /starters", { query }),
    placeholderData: keepPreviousData,
    // They change when the platform does.
    staleTime: 600_000,
  })
}

export const starterOf = (starterId: string, organizationId: OrganizationId) =>
  read("GET /starters/{starterId}", { params: { starterId }, query: { organizationId } })

export const startersChanged: Applier = (_, { again }) => again("GET /starters")

/** Makes a starter of a project's newest commit; the same wish sent twice makes one. */
export const makeStarter = act("POST /starters", { once: true, renews: ["GET /starters"] })

export const deleteStarter = act("DELETE /starters/{starterId}", { renews: ["GET /starters"] })
