"use client"
import type { Store } from "@vibecaas/contract/store"
import Link from "next/link"
import { useState } from "react"
import { useSession } from "../shell/session.tsx"
import { Checkbox } from "../ui/checkbox.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { State } from "../ui/state.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../ui/table.tsx"
import { BulkBar } from "./bulk-bar.tsx"
import { detailOf, hostOf, storeLooks } from "./store-words.ts"

/** The list as a table; a row leads to its store, and several can be chosen. */
export function StoreTable({ stores }: { stores: readonly Store[] }) {
  const [ids, setIds] = useState<readonly string[]>([])
  const chosen = stores.filter(({ id }) => ids.includes(id))
  return (
    <>
      <BulkBar stores={stores} chosen={chosen} onChoose={setIds} />
      <Table aria-label="Stores">
        <TableHead>
          <HeadCell className="w-[34%]">Store</HeadCell>
          <HeadCell className="w-[30%]">State</HeadCell>
          <HeadCell>Engine</HeadCell>
          <HeadCell className="w-24">Plan</HeadCell>
          <HeadCell className="w-28 text-right">Changed</HeadCell>
        </TableHead>
        <TableBody>
          {stores.map((store) => (
            <StoreRow
              key={store.id}
              store={store}
              chosen={ids.includes(store.id)}
              onChoose={(now) =>
                setIds(now ? [...ids, store.id] : ids.filter((id) => id !== store.id))
              }
            />
          ))}
        </TableBody>
      </Table>
    </>
  )
}

interface StoreRowProps {
  store: Store
  chosen: boolean
  onChoose(chosen: boolean): void
}

function StoreRow({ store, chosen, onChoose }: StoreRowProps) {
  const { paths } = useSession()
  return (
    <Row className="relative">
      <Cell>
        <div className="flex items-center gap-3">
          <Checkbox
            className="relative z-1 -my-2 -ml-2 py-2 pl-2"
            label={<span className="sr-only">Select {store.name}</span>}
            checked={chosen}
            onChange={onChoose}
          />
          <div className="min-w-0">
            <Link
              href={paths.store(store.id)}
              className="block truncate rounded-1 font-medium text-fg outline-offset-0 after:absolute after:inset-0"
            >
              {store.name}
            </Link>
            <span className="block truncate text-12 text-fg-3">{hostOf(store.url)}</span>
          </div>
        </div>
      </Cell>
      <Cell className="max-md:col-start-2 max-md:row-start-1 max-md:justify-self-end">
        <State
          look={storeLooks[store.state]}
          detail={detailOf(store)}
          className="max-w-full min-w-0 overflow-hidden"
        />
      </Cell>
      <Cell className="text-fg-2">
        {store.engine} {store.version}
        {store.simulated ? <span className="block text-12 text-fg-3">simulated</span> : null}
      </Cell>
      <Cell className="text-fg-2">{store.plan}</Cell>
      <Cell className="text-right text-fg-2 tabular-nums max-md:col-span-2 max-md:text-left max-md:text-12 max-md:text-fg-3">
        <RelativeTime at={store.updatedAt} />
      </Cell>
    </Row>
  )
}
