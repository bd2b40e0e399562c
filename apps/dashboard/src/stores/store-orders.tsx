"use client"
import type { Store } from "@vibecaas/contract/store"
import { ReceiptText } from "lucide-react"
import { EmptyState } from "../ui/empty-state.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { SkeletonRows } from "../ui/skeleton.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../ui/table.tsx"
import { useOrders } from "./queries.ts"
import { amount } from "./store-words.ts"

/** The last orders, as the store itself tells them. */
export function StoreOrders({ store }: { store: Store }) {
  const runs = store.state === "ready"
  const orders = useOrders(store, runs)
  if (!runs && !orders.data) {
    return (
      <EmptyState icon={ReceiptText} title="The store does not run now">
        Orders are read from the store itself.
      </EmptyState>
    )
  }
  return (
    <ReadBody
      of={orders}
      failed="The orders could not be read"
      skeleton={<SkeletonRows what="orders" widths={["w-24", "w-32"]} className="h-[45px]" />}
    >
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState icon={ReceiptText} title="No orders yet">
            What customers buy in the store is listed here.
          </EmptyState>
        ) : (
          <Table aria-label="Orders">
            <TableHead>
              <HeadCell className="w-28">Order</HeadCell>
              <HeadCell>Customer</HeadCell>
              <HeadCell className="w-32">State</HeadCell>
              <HeadCell className="w-32 text-right">Total</HeadCell>
              <HeadCell className="w-28 text-right">Placed</HeadCell>
            </TableHead>
            <TableBody>
              {items.map((order) => (
                <Row key={order.id}>
                  <Cell className="font-medium">{order.number}</Cell>
                  <Cell className="text-fg-2">
                    {order.probe ? "Test order of the platform" : (order.email ?? "–")}
                  </Cell>
                  <Cell className="text-fg-2">{order.state}</Cell>
                  <Cell className="text-right tabular-nums">
                    {amount(order.total, order.currency)}
                  </Cell>
                  <Cell className="text-right text-fg-2">
                    <RelativeTime at={order.placedAt} />
                  </Cell>
                </Row>
              ))}
            </TableBody>
          </Table>
        )
      }
    </ReadBody>
  )
}
