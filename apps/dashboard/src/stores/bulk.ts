"use client"
import { useQueryClient } from "@tanstack/react-query"
import type { Store } from "@vibecaas/contract/store"
import { type StoreAction, storeMay } from "@vibecaas/contract/store-states"
import { useState } from "react"
import { call, newIdempotencyKey } from "../api/call.ts"
import { problemOf } from "../api/problem.ts"
import { readAgain } from "../api/touch.ts"
import { storeLooks } from "./store-words.ts"

export const bulkActions = {
  start: { verb: "Start", done: "started", doing: "Starting" },
  stop: { verb: "Stop", done: "stopped", doing: "Stopping" },
  backup: { verb: "Back up", done: "backed up", doing: "Backing up" },
  delete: { verb: "Delete", done: "deleted", doing: "Deleting" },
} as const satisfies Partial<Record<StoreAction, { verb: string; done: string; doing: string }>>
export type BulkAction = keyof typeof bulkActions

/** Asked for of many at once: how many took it, and of each other why not. */
export interface BulkResult {
  action: BulkAction
  asked: number
  taken: number
  refused: { store: Store; why: string }[]
}

/** How many calls are under way at once: a page of stores must not use up what a person may ask. */
const atOnce = 3

/** One call of each store, a few at a time; what one refuses keeps none of the others. */
export function useBulk() {
  const client = useQueryClient()
  const [doing, setDoing] = useState<BulkAction>()
  const [result, setResult] = useState<BulkResult>()
  const run = async (
    action: BulkAction,
    { stores, backup }: { stores: readonly Store[]; backup?: boolean },
  ): Promise<BulkResult> => {
    setDoing(action)
    setResult(undefined)
    const refused: BulkResult["refused"] = []
    const waiting = [...stores]
    const worker = async () => {
      for (let store = waiting.shift(); store; store = waiting.shift()) {
        const why = await ask(action, store, backup ?? false)
        if (why) refused.push({ store, why })
      }
    }
    await Promise.all(Array.from({ length: atOnce }, worker))
    readAgain(client, "GET /stores")
    const ended = { action, refused, asked: stores.length, taken: stores.length - refused.length }
    setDoing(undefined)
    setResult(ended)
    return ended
  }
  return { run, doing, result, forget: () => setResult(undefined) }
}

/** Why it was refused; nothing when it was taken. */
async function ask(action: BulkAction, store: Store, backup: boolean): Promise<string | undefined> {
  if (!storeMay(store.state, action)) return `It is ${storeLooks[store.state].word.toLowerCase()}.`
  const params = { storeId: store.id }
  const once = { idempotencyKey: newIdempotencyKey() }
  try {
    if (action === "start") await call("POST /stores/{storeId}/start", { params }, once)
    if (action === "stop") await call("POST /stores/{storeId}/stop", { params }, once)
    if (action === "backup") await call("POST /stores/{storeId}/backups", { params }, once)
    if (action === "delete")
      await call("DELETE /stores/{storeId}", { params, body: { name: store.name, backup } })
    return undefined
  } catch (error) {
    return problemOf(error).detail
  }
}
