"use client"
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query"
import type { Store } from "@vibecaas/contract/store"
import type { StoreState } from "@vibecaas/contract/store-states"
import { act } from "../api/act.ts"
import { read, readPages } from "../api/read.ts"
import { useSession } from "../shell/session.tsx"

export interface StoreFilter {
  state: StoreState | undefined
  engine: string | undefined
  search: string
  sort: "newest" | "oldest" | "name" | "state"
}

/** Stores of the organization, page by page. */
export function useStores({ state, engine, search, sort }: StoreFilter) {
  const { organization } = useSession()
  const query = {
    ...{ organizationId: organization.id, sort },
    ...(state ? { state } : {}),
    ...(engine ? { engine } : {}),
    ...(search ? { search } : {}),
  }
  return useInfiniteQuery({
    ...readPages("GET /stores", { query }),
    placeholderData: keepPreviousData,
  })
}

const asId = (storeId: string) => storeId as Store["id"] // judged by the server

export const storeOf = (storeId: string) =>
  read("GET /stores/{storeId}", { params: { storeId: asId(storeId) } })
export const useStore = (storeId: string) => useQuery(storeOf(storeId))
export const useEngines = () => useQuery({ ...read("GET /store-engines"), staleTime: 5000 })

export const useReleases = ({ id }: Pick<Store, "id">) =>
  useQuery(read("GET /stores/{storeId}/releases", { params: { storeId: id } }))
export const useBackups = ({ id }: Pick<Store, "id">) =>
  useQuery(read("GET /stores/{storeId}/backups", { params: { storeId: id } }))
export const useKeptBackups = () => {
  const { organization } = useSession()
  return useQuery(read("GET /store-backups", { query: { organizationId: organization.id } }))
}
export const useDrills = ({ id }: Pick<Store, "id">) =>
  useQuery(read("GET /stores/{storeId}/drills", { params: { storeId: id } }))
export const useProbes = ({ id }: Pick<Store, "id">) =>
  useQuery(read("GET /stores/{storeId}/probes", { params: { storeId: id } }))
export const useStoreUse = ({ id }: Pick<Store, "id">) =>
  useQuery({
    ...read("GET /stores/{storeId}/use", { params: { storeId: id } }),
    refetchInterval: 30_000,
  })
export const useOrders = ({ id }: Pick<Store, "id">, enabled: boolean) =>
  useQuery({
    ...read("GET /stores/{storeId}/orders", { params: { storeId: id } }),
    ...{ enabled, staleTime: 5000, retry: false },
  })
export const useLogs = ({ id }: Pick<Store, "id">) =>
  useQuery({
    ...read("GET /stores/{storeId}/logs", { params: { storeId: id } }),
    staleTime: 2000,
  })
export const useEvents = ({ id }: Pick<Store, "id">) =>
  useInfiniteQuery(readPages("GET /stores/{storeId}/events", { params: { storeId: id } }))

const answers = ({ id }: Pick<Store, "id">) => storeOf(id)
const renews = ["GET /stores"] as const
const wish = { answers, renews, once: true } as const

/** Makes a store; the same wish sent twice makes it once. */
export const createStore = act("POST /stores", wish)
export const startStore = act("POST /stores/{storeId}/start", wish)
export const stopStore = act("POST /stores/{storeId}/stop", wish)
export const cancelWork = act("POST /stores/{storeId}/cancel", wish)
export const retryStore = act("POST /stores/{storeId}/retry", wish)
export const backUpStore = act("POST /stores/{storeId}/backups", wish)
export const drillStore = act("POST /stores/{storeId}/drills", wish)
export const probeStore = act("POST /stores/{storeId}/probe", wish)
export const upgradeStore = act("POST /stores/{storeId}/upgrade", wish)
export const rollBackStore = act("POST /stores/{storeId}/rollback", wish)
export const restoreStore = act("POST /stores/{storeId}/restore", wish)
const ofBackups = ["GET /stores/{storeId}/backups", "GET /store-backups"] as const
/** An archive of another installation, or of a store that is gone. */
export const uploadBackup = act("POST /store-backups", { renews: ofBackups })
export const deleteBackup = act("DELETE /store-backups/{backupId}", { renews: ofBackups })
export const changeStore = act("PATCH /stores/{storeId}", { answers, renews })
export const deleteStore = act("DELETE /stores/{storeId}", { answers, renews })
export const revealCredentials = act("POST /stores/{storeId}/credentials/reveal")
