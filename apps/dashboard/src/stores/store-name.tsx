"use client"
import { useQuery } from "@tanstack/react-query"
import { storeOf } from "./queries.ts"

/** What a store is called, once it is read. */
export function StoreName({ params }: { params: Record<string, string> }) {
  const store = useQuery({ ...storeOf(params.storeId ?? ""), enabled: false })
  return store.data?.name ?? "Store"
}
