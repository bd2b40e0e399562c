"use client"
import { useMutation } from "@tanstack/react-query"
import type { Store } from "@vibecaas/contract/store"
import { type StoreAction, storeMay, storeSells } from "@vibecaas/contract/store-states"
import { CircleStop, ExternalLink, Play, RotateCcw, Square } from "lucide-react"
import { problemOf } from "../api/problem.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { CopyId } from "../ui/copy-id.tsx"
import { StateBadge } from "../ui/state.tsx"
import { useToast } from "../ui/toast.tsx"
import { cancelWork, retryStore, startStore, stopStore } from "./queries.ts"
import { detailOf, hostOf, storeLooks } from "./store-words.ts"

/** Name, state, address, and what can be done with the store now. */
export function StoreHead({ store }: { store: Store }) {
  const detail = detailOf(store)
  const isOpen = storeSells(store.state)
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
      <div className="min-w-0 flex-[1_1_240px]">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <h1 className="text-20 font-semibold tracking-[-0.014em] [overflow-wrap:anywhere]">
            {store.name}
          </h1>
          <span role="status" className="contents">
            <StateBadge look={storeLooks[store.state]} />
            {detail ? <span className="text-13 text-fg-3">{detail}</span> : null}
          </span>
        </div>
        <div className="facts mt-1 text-13">
          {isOpen ? (
            <a href={store.url} className="text-accent-fg hover:underline hover:underline-offset-3">
              {hostOf(store.url)}
            </a>
          ) : (
            <span className="text-fg-3">{hostOf(store.url)}</span>
          )}
          <span>
            {store.engine} {store.version}
            {store.simulated ? ", simulated" : ""}
          </span>
          <span className="max-md:hidden">
            <CopyId id={store.id} noun="store id" />
          </span>
        </div>
      </div>
      <Actions store={store} isOpen={isOpen} />
    </div>
  )
}

/** Why something cannot be done with a store now; nothing when it can. */
export function useStoreOff(store: Store) {
  const { offUnless } = useSession()
  return (action: StoreAction, verb: string) =>
    offUnless(action === "delete" ? "store:delete" : "store:operate", verb) ??
    (storeMay(store.state, action)
      ? undefined
      : `The store is ${storeLooks[store.state].word.toLowerCase()} now.`)
}

function Actions({ store, isOpen }: { store: Store; isOpen: boolean }) {
  const off = useStoreOff(store)
  const say = useToast()
  const [start, stop] = [useMutation(startStore), useMutation(stopStore)]
  const [cancel, retry] = [useMutation(cancelWork), useMutation(retryStore)]
  const params = { storeId: store.id }
  const refused = (error: unknown) =>
    say({ glyph: "bad", title: "Nothing was changed", detail: problemOf(error).detail })
  const told = { onError: refused }
  const can = (action: StoreAction) => storeMay(store.state, action)
  return (
    <div className="flex flex-wrap items-center gap-2">
      {can("retry") ? (
        <>
          <Button
            off={off("retry", "try stores again")}
            busy={retry.isPending ? "Trying again" : undefined}
            onClick={() => retry.mutate({ params, body: { diagnostics: true } }, told)}
          >
            Retry with diagnostics
          </Button>
          <Button
            kind="main"
            off={off("retry", "try stores again")}
            onClick={() => retry.mutate({ params, body: {} }, told)}
          >
            <RotateCcw aria-hidden="true" />
            Retry
          </Button>
        </>
      ) : null}
      {can("cancel") && store.work?.work !== "undo" ? (
        <Button
          off={off("cancel", "cancel work on stores")}
          busy={cancel.isPending ? "Cancelling" : undefined}
          onClick={() => cancel.mutate({ params }, told)}
        >
          <CircleStop aria-hidden="true" />
          Cancel
        </Button>
      ) : null}
      {can("start") ? (
        <Button
          kind="main"
          off={off("start", "start stores")}
          busy={start.isPending ? "Starting" : undefined}
          onClick={() => start.mutate({ params }, told)}
        >
          <Play aria-hidden="true" />
          Start
        </Button>
      ) : null}
      {can("stop") ? (
        <Button
          off={off("stop", "stop stores")}
          busy={stop.isPending ? "Stopping" : undefined}
          onClick={() => stop.mutate({ params }, told)}
        >
          <Square aria-hidden="true" />
          Stop
        </Button>
      ) : null}
      <Button
        off={isOpen ? undefined : "The store does not run now."}
        onClick={() => window.open(store.url, "_blank", "noopener")}
      >
        <ExternalLink aria-hidden="true" />
        Open store
      </Button>
    </div>
  )
}
