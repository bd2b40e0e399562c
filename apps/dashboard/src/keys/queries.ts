import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query"
import { act } from "../api/act.ts"
import { read, readPages } from "../api/read.ts"
import { useSession } from "../shell/session.tsx"

const list = "GET /organizations/{organizationId}/api-keys"

/** Keys of the organization whose name has these words, newest first. */
export function useKeys(search: string) {
  const { organization } = useSession()
  const request = {
    params: { organizationId: organization.id },
    query: { limit: 50, ...(search ? { search } : {}) },
  }
  return useInfiniteQuery({
    ...readPages(list, request),
    placeholderData: keepPreviousData,
    // No event tells that a key was used, and who revokes one goes by that.
    refetchInterval: 15_000,
  })
}

/** What the caller can allow a key. */
export function useGrantable() {
  const params = { organizationId: useSession().organization.id }
  return useQuery(read("GET /organizations/{organizationId}/api-key-permissions", { params }))
}

export const createKey = act("POST /organizations/{organizationId}/api-keys", { renews: [list] })
export const rotateKey = act("POST /api-keys/{keyId}/rotate", { renews: [list] })
export const revokeKey = act("DELETE /api-keys/{keyId}", { renews: [list] })
