import type { Store } from "@vibecaas/contract/store"
import type { StoreState, StoreStep, StoreWork } from "@vibecaas/contract/store-states"
import type { StateLook } from "../ui/state.tsx"

/** Word and glyph of each state; a new state does not compile without one. */
export const storeLooks: Record<StoreState, StateLook> = {
  requested: { glyph: "wait", word: "Asked for" },
  queued: { glyph: "wait", word: "Queued" },
  provisioning: { glyph: "busy", word: "Being made" },
  ready: { glyph: "alive", word: "Ready" },
  stopped: { glyph: "off", word: "Stopped" },
  failed: { glyph: "bad", word: "Failed" },
  upgrading: { glyph: "busy", word: "Upgrading" },
  switching: { glyph: "busy", word: "Upgrading" },
  rolling_back: { glyph: "busy", word: "Going back" },
  backing_up: { glyph: "busy", word: "Backing up" },
  restoring: { glyph: "busy", word: "Restoring" },
  drilling: { glyph: "busy", word: "Restore drill" },
  deleting: { glyph: "busy", word: "Deleting" },
  deleted: { glyph: "gone", word: "Deleted" },
}

export const stepWords: Record<StoreStep, string> = {
  prepare: "Make its place and database",
  migrate: "Make the tables",
  seed: "Write the first data",
  personalise: "Make it yours",
  upgrade: "Bring the data to the new version",
  start: "Start",
  check: "See that it answers",
  order: "Place an order and cancel it",
  backup: "Back up",
  halt: "Stop",
  restore: "Put the data back",
  rehearse: "Restore into a store beside it, and place an order there",
  clear: "Throw that store away",
  raise: "Start the new version beside the old one",
  prove: "Place an order in the new version and cancel it",
  switch: "Lead visitors to the new version, end the old one",
}

export const workWords: Record<StoreWork, string> = {
  provision: "Making the store",
  start: "Starting",
  upgrade: "Upgrading",
  upgrade_beside: "Upgrading while it goes on",
  rollback: "Going back",
  backup: "Backing up",
  restore: "Restoring",
  drill: "Restore drill",
  undo: "Putting back what was there before",
}

/** What is beside a store's state: its place in the queue, or what is done now. */
export function detailOf({ state, position, step, stuck }: Store): string | null {
  if (position !== undefined) return `Position #${position}`
  if (stuck) return "Stuck"
  if (step !== undefined && state !== "ready" && state !== "failed") return stepWords[step]
  return null
}

export const hostOf = (url: string) => new URL(url).host

/** "12.50 EUR" of minor units */
export const amount = (total: number, currency: string) => {
  const digits = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions()
    .maximumFractionDigits
  return `${(total / 10 ** (digits ?? 2)).toFixed(digits)} ${currency}`
}
