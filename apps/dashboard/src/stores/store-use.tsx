"use client"
import type { Store, StoreUse } from "@vibecaas/contract/store"
import { warnsFrom } from "@vibecaas/contract/store-plans"
import { Note } from "../ui/note.tsx"
import { Property } from "../ui/panel.tsx"
import { useStoreUse } from "./queries.ts"

const kinds = ["memory", "disk"] as const

/** Says of what a store has nearly used all that its plan gives it. */
export function StoreUseWarning({ store }: { store: Store }) {
  const use = useStoreUse(store).data
  const scarce = kinds.filter((kind) => use && partOf(use[kind]) >= warnsFrom)
  if (!use || scarce.length === 0) return null
  return (
    <Note tone="warn" title="Nearly full.">
      {scarce.map((kind) => `${percentOf(use[kind])} of its ${kind} is used.`).join(" ")}
      {scarce.includes("disk")
        ? " A store whose disk is full is stopped: choose a larger plan before."
        : " Choose a larger plan before programs of it are ended."}
    </Note>
  )
}

/** Memory and disk, as properties of the store. */
export function StoreUseFacts({ store }: { store: Store }) {
  const use = useStoreUse(store).data
  return (
    <>
      <Property name="Memory">{use ? inWords(use.memory) : "not measured yet"}</Property>
      <Property name="Disk">{use ? inWords(use.disk) : "not measured yet"}</Property>
    </>
  )
}

type Measured = StoreUse["memory"]

const partOf = ({ used, limit }: Measured) => (used ?? 0) / limit
const percentOf = (of: Measured) => `${Math.round(partOf(of) * 100)} %`

function inWords(of: Measured): string {
  if (of.used === null) return `nothing measured of ${of.limit.toLocaleString("en")} MB`
  const used = Math.round(of.used).toLocaleString("en")
  return `${used} of ${of.limit.toLocaleString("en")} MB, ${percentOf(of)}`
}
