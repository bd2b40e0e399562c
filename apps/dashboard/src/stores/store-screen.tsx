"use client"
import type { Store } from "@vibecaas/contract/store"
import { SearchX } from "lucide-react"
import dynamic from "next/dynamic"
import Link from "next/link"
import { useState } from "react"
import { problemOf } from "../api/problem.ts"
import { useSession } from "../shell/session.tsx"
import { useInAddress } from "../shell/use-in-address.ts"
import { buttonLook } from "../ui/button-look.ts"
import { EmptyState } from "../ui/empty-state.tsx"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { Page } from "../ui/page-head.tsx"
import { Panel } from "../ui/panel.tsx"
import { SkeletonLines } from "../ui/skeleton.tsx"
import { Tabs } from "../ui/tabs.tsx"
import { useStore } from "./queries.ts"
import { StoreActivity } from "./store-activity.tsx"
import { StoreHead } from "./store-head.tsx"
import { StoreOverview } from "./store-overview.tsx"

const StoreOrders = dynamic(() => import("./store-orders.tsx").then((m) => m.StoreOrders), {
  ssr: false,
})
const StoreReleases = dynamic(() => import("./store-releases.tsx").then((m) => m.StoreReleases), {
  ssr: false,
})
const StoreBackups = dynamic(() => import("./store-backups.tsx").then((m) => m.StoreBackups), {
  ssr: false,
})
const StoreLogs = dynamic(() => import("./store-logs.tsx").then((m) => m.StoreLogs), { ssr: false })
const StoreSettings = dynamic(() => import("./store-settings.tsx").then((m) => m.StoreSettings), {
  ssr: false,
})

const tabNames = [
  "overview",
  "activity",
  "orders",
  "releases",
  "backups",
  "logs",
  "settings",
] as const
type TabName = (typeof tabNames)[number]

/** One store: how it is, what happened to it, what it sold, and what can be done with it. */
export function StoreScreen({ storeId }: { storeId: string }) {
  const { organization } = useSession()
  const store = useStore(storeId)
  // It goes while one looks at it: what was known stays until the page is left.
  const [seen, setSeen] = useState<Store>()
  if (store.data && store.data !== seen) setSeen(store.data)
  const status = store.error ? problemOf(store.error).status : undefined
  const isElsewhere = store.data && store.data.organizationId !== organization.id
  if (isElsewhere || status === 404 || status === 400) return <NoSuchStore name={seen?.name} />
  return (
    <Page>
      {store.data ? (
        <Opened store={store.data} />
      ) : store.error ? (
        <ErrorPanel
          title="The store could not be loaded"
          error={store.error}
          onRetry={() => store.refetch()}
        />
      ) : (
        <SkeletonLines what="store" />
      )}
    </Page>
  )
}

function Opened({ store }: { store: Store }) {
  const { can } = useSession()
  const [chosen, setTab] = useInAddress("tab", "overview")
  const tab: TabName = tabNames.find((each) => each === chosen) ?? "overview"
  const all = [
    { value: "overview", label: "Overview", content: <StoreOverview store={store} /> },
    { value: "activity", label: "Activity", content: <StoreActivity store={store} /> },
    { value: "orders", label: "Orders", content: <StoreOrders store={store} /> },
    { value: "releases", label: "Releases", content: <StoreReleases store={store} /> },
    { value: "backups", label: "Backups", content: <StoreBackups store={store} /> },
    { value: "logs", label: "Logs", content: <StoreLogs store={store} /> },
    { value: "settings", label: "Settings", content: <StoreSettings store={store} /> },
  ] as const
  const forDevelopers = ["orders", "logs"]
  const tabs = all.filter(({ value }) => can("store:operate") || !forDevelopers.includes(value))
  return (
    <>
      <StoreHead store={store} />
      <Panel label={store.name}>
        <Tabs<TabName> label="Store" tabs={tabs} value={tab} onChange={setTab} />
      </Panel>
    </>
  )
}

function NoSuchStore({ name }: { name: string | undefined }) {
  const { organization, paths } = useSession()
  return (
    <Page>
      <h1 className="sr-only">Store</h1>
      <Panel label="Store">
        <EmptyState
          icon={SearchX}
          title={name ? `${name} is deleted` : "There is no such store"}
          action={
            <Link href={paths.stores()} className={buttonLook()}>
              Show all stores
            </Link>
          }
        >
          {name
            ? "Its programs, its data, its addresses and its secrets are checked to be gone."
            : `It was deleted, or it does not belong to ${organization.name}.`}
        </EmptyState>
      </Panel>
    </Page>
  )
}
