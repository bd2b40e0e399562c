"use client"
import { useMutation } from "@tanstack/react-query"
import type { Store } from "@vibecaas/contract/store"
import dynamic from "next/dynamic"
import { problemOf } from "../api/problem.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { Note } from "../ui/note.tsx"
import { Properties, Property } from "../ui/panel.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { State } from "../ui/state.tsx"
import { useToast } from "../ui/toast.tsx"
import { useAsked } from "../ui/use-asked.ts"
import { probeStore, useProbes } from "./queries.ts"
import { StoreFailed } from "./store-failed.tsx"
import { useStoreOff } from "./store-head.tsx"
import { StoreSteps } from "./store-steps.tsx"
import { StoreUseFacts, StoreUseWarning } from "./store-use.tsx"

const CredentialsDialog = dynamic(
  () => import("./credentials-dialog.tsx").then((module) => module.CredentialsDialog),
  { ssr: false },
)

/** Where it is, how it is, and whether it sells. */
export function StoreOverview({ store }: { store: Store }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 p-4">
      {store.failure ? <StoreFailed store={store} failure={store.failure} /> : null}
      {store.stuck ? (
        <Note tone="warn" title="Stuck.">
          What is done to it has not moved for half an hour.
        </Note>
      ) : null}
      {store.leftovers.length > 0 ? (
        <Note tone="warn" title="Still there, and tried again:">
          {store.leftovers.join("; ")}
        </Note>
      ) : null}
      {store.work && store.work.state !== "done" ? (
        <StoreSteps work={store.work} position={store.position} />
      ) : null}
      <StoreUseWarning store={store} />
      <Facts store={store} />
      <Probes store={store} />
    </div>
  )
}

function Facts({ store }: { store: Store }) {
  const { offUnless } = useSession()
  const { about, open, ask, close } = useAsked<true>()
  const off =
    offUnless("store:reveal", "read credentials") ??
    (store.readyAt ? undefined : "It has no admin yet: it was never ready.")
  return (
    <div className="overflow-clip rounded-3 border border-line">
      <Properties>
        <Property name="Address">
          <a href={store.url} className="text-accent-fg hover:underline">
            {store.url}
          </a>
        </Property>
        <Property name="Admin">
          {store.adminUrl ? (
            <a href={store.adminUrl} className="text-accent-fg hover:underline">
              {store.adminUrl}
            </a>
          ) : (
            "none"
          )}
          <Button size="sm" off={off} onClick={() => ask(true)}>
            Show how to sign in
          </Button>
        </Property>
        <Property name="Engine">
          {store.engine} {store.version}
          {store.simulated ? " (simulated: a stand-in for a real shop)" : ""}
        </Property>
        <Property name="Plan">{store.plan}</Property>
        <StoreUseFacts store={store} />
        <Property name="Isolation">{store.isolation ?? "not seen yet"}</Property>
        <Property name="Made">
          <RelativeTime at={store.createdAt} /> by {store.createdBy}
        </Property>
      </Properties>
      {about ? <CredentialsDialog store={store} open={open} onClose={close} /> : null}
    </div>
  )
}

const probesShown = 8

/** Orders that we placed to see that the store sells. */
function Probes({ store }: { store: Store }) {
  const probes = useProbes(store)
  const probe = useMutation(probeStore)
  const off = useStoreOff(store)
  const say = useToast()
  const go = () =>
    probe.mutate(
      { params: { storeId: store.id } },
      {
        onError: (error) =>
          say({ glyph: "bad", title: "No order was placed", detail: problemOf(error).detail }),
      },
    )
  return (
    <section aria-labelledby="probes" className="grid gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="probes" className="text-14 font-semibold">
          Test orders
        </h2>
        <Button size="sm" off={off("probe", "place test orders")} onClick={go}>
          Place one now
        </Button>
      </div>
      <ul className="grid gap-1 text-13">
        {(probes.data?.items ?? []).slice(0, probesShown).map(({ at, ok, say: said, depth }) => (
          <li key={`${at}${depth}`} className="flex flex-wrap items-center gap-x-3">
            <State
              look={ok ? { glyph: "done", word: "Sells" } : { glyph: "bad", word: "Does not sell" }}
            />
            <span className="min-w-0 text-fg-2 [overflow-wrap:anywhere]">{said}</span>
            <RelativeTime at={at} className="text-12 text-fg-3" />
          </li>
        ))}
      </ul>
      {probes.data?.items.length === 0 ? (
        <p className="text-13 text-fg-3">
          None yet. A store is ready once an order has gone through it, and was cancelled.
        </p>
      ) : null}
    </section>
  )
}
