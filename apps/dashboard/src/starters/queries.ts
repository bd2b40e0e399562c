"use client"
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query"
import type { StarterSummary } from "@vibecaas/contract/kinds/starters"
import type { OrganizationId } from "@vibecaas/contract/kinds/tenants"
import { read, readPages } from "../api/read.ts"
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
