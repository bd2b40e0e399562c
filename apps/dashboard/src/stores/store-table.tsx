"use client"
import type { Store } from "@vibecaas/contract/store"
import Link from "next/link"
import { useSession } from "../shell/session.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { State } from "../ui/state.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../ui/table.tsx"
import { detailOf, hostOf, storeLooks } from "./store-words.ts"

/** The list as a table; a row leads to its store. */
export function StoreTable({ stores }: { stores: readonly Store[] }) {
  return (
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
          <StoreRow key={store.id} store={store} />
        ))}
      </TableBody>
    </Table>
  )
}

function StoreRow({ store }: { store: Store }) {
  const { paths } = useSession()
  return (
    <Row className="relative">
      <Cell>
        <Link
          href={paths.store(store.id)}
          className="block truncate rounded-1 font-medium text-fg outline-offset-0 after:absolute after:inset-0"
        >
          {store.name}
        </Link>
        <span className="block truncate text-12 text-fg-3">{hostOf(store.url)}</span>
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
      <Cell className="text-right text-fg-2 tabular-nums max-md:text-12 max-md:text-fg-3">
        <RelativeTime at={store.updatedAt} />
      </Cell>
    </Row>
  )
}
