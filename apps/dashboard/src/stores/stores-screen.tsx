"use client"
import type { Store } from "@vibecaas/contract/store"
import { storeStates } from "@vibecaas/contract/store-states"
import { Plus, SearchX, Store as StoreIcon } from "lucide-react"
import dynamic from "next/dynamic"
import { useRouter } from "next/navigation"
import { useRef, useState } from "react"
import { useSession } from "../shell/session.tsx"
import { useInAddress } from "../shell/use-in-address.ts"
import { useShortcut } from "../shell/use-shortcut.ts"
import { Button } from "../ui/button.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { ListPanel } from "../ui/list-panel.tsx"
import { Note } from "../ui/note.tsx"
import { Page, PageHead } from "../ui/page-head.tsx"
import { SearchField } from "../ui/search-field.tsx"
import { Select } from "../ui/select.tsx"
import { SkeletonRows } from "../ui/skeleton.tsx"
import { useSettled } from "../ui/use-settled.ts"
import { KeptBackups } from "./kept-backups.tsx"
import { useEngines, useStores } from "./queries.ts"
import { StoreTable } from "./store-table.tsx"
import { storeLooks } from "./store-words.ts"

const NewStoreDialog = dynamic(
  () => import("./new-store-dialog.tsx").then((module) => module.NewStoreDialog),
  { ssr: false },
)

const sorts = [
  { value: "newest", label: "Newest first" },
  { value: "oldest", label: "Oldest first" },
  { value: "name", label: "By name" },
  { value: "state", label: "By state" },
] as const
const states = [
  { value: "all", label: "Every state" },
  ...storeStates
    .filter((state) => state !== "deleted")
    .map((state) => ({ value: state, label: storeLooks[state].word })),
]

/** The organization's shops: click, and another one takes orders. */
export function StoresScreen() {
  const { offUnless, paths } = useSession()
  const router = useRouter()
  const [asked, setAsked] = useState<boolean>()
  const off = offUnless("store:create", "make stores")
  const list = useFiltered()
  useShortcut("c", () => (off ? undefined : setAsked(true)))
  const button = (
    <Button kind="main" off={off} onClick={() => setAsked(true)} aria-keyshortcuts="C">
      <Plus aria-hidden="true" />
      New store
    </Button>
  )
  return (
    <Page>
      <PageHead title="Stores" actions={button}>
        Shops that take orders. Each runs apart from all others, and is ready once an order has gone
        through it.
      </PageHead>
      <Usage usage={list.stores.data?.pages[0]?.usage} />
      {list.nothing ? null : <Filters list={list} />}
      <ListPanel<Store>
        label="Stores"
        list={list.stores}
        noun="store"
        failed="Stores could not be loaded"
        skeleton={<SkeletonRows what="stores" widths={["w-40", "w-24"]} className="h-[57px]" />}
        empty={
          list.filtered ? (
            <EmptyState
              icon={SearchX}
              title="No store matches"
              action={<Button onClick={list.clear}>Show all stores</Button>}
            />
          ) : (
            <EmptyState icon={StoreIcon} title="No stores yet">
              Pick a name, an engine and a plan; a shop with products, a cart and a checkout of its
              own appears.
            </EmptyState>
          )
        }
      >
        {(items) => <StoreTable stores={items} />}
      </ListPanel>
      <KeptBackups />
      {asked === undefined ? null : (
        <NewStoreDialog
          open={asked}
          onClose={() => setAsked(false)}
          onMade={({ id }) => router.push(paths.store(id))}
        />
      )}
    </Page>
  )
}

function useFiltered() {
  const [text, setText] = useInAddress("search")
  const [chosenState, setState] = useInAddress("state", "all")
  const [engine, setEngine] = useInAddress("engine", "all")
  const [chosenSort, setSort] = useInAddress("sort", "newest")
  const state = storeStates.find((each) => each === chosenState)
  const sort = sorts.find(({ value }) => value === chosenSort)?.value ?? "newest"
  const search = useSettled(text.trim())
  const wanted = engine === "all" ? undefined : engine
  const stores = useStores({ state, engine: wanted, search, sort })
  const filtered = state !== undefined || wanted !== undefined || search !== ""
  return {
    filtered,
    /** there is no store at all: nothing to filter, and one way to begin */
    nothing: !filtered && text === "" && stores.data?.pages[0]?.items.length === 0,
    ...{ stores, text, setText, state: state ?? "all", setState, engine, setEngine, sort, setSort },
    clear() {
      setText("")
      setState("all")
      setEngine("all")
    },
  }
}

function Filters({ list }: { list: ReturnType<typeof useFiltered> }) {
  const field = useRef<HTMLInputElement>(null)
  const engines = useEngines()
  useShortcut("/", () => field.current?.focus())
  const options = [
    { value: "all", label: "Every engine" },
    ...(engines.data?.items ?? []).map(({ name, title }) => ({ value: name, label: title })),
  ]
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <SearchField
        ref={field}
        label="Filter by name"
        shortcut="/"
        value={list.text}
        onChange={list.setText}
      />
      <Select
        label="State"
        className="w-40"
        value={list.state}
        options={states}
        onChange={list.setState}
      />
      <Select
        label="Engine"
        className="w-40"
        value={list.engine}
        options={options}
        onChange={list.setEngine}
      />
      <Select
        label="Order"
        className="w-40"
        value={list.sort}
        options={sorts}
        onChange={list.setSort}
      />
    </div>
  )
}

type UsageShown = { mine: Part; organization: Part }
type Part = { used: number; limit: number }

/** How many one has of how many, and a warning before there is no room. */
function Usage({ usage }: { usage: UsageShown | undefined }) {
  if (!usage) return null
  const { mine, organization } = usage
  const isNear = ({ used, limit }: Part) => used >= limit * 0.8
  const words = `${mine.used}/${mine.limit} of yours, ${organization.used}/${organization.limit} of the organization`
  if (isNear(mine) || isNear(organization)) {
    return (
      <Note tone="warn" title={`Stores: ${words}.`}>
        Delete one that is not needed, or let an administrator of this installation raise the limit.
      </Note>
    )
  }
  return <p className="text-13 text-fg-3">Stores: {words}</p>
}
