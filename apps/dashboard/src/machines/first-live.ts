import type { Machine } from "@vibecaas/contract/kinds/machines"
import { itemsIn, type Pages } from "../api/kept.ts"

/** Of machines or apps the first that people use, which the project's address is of; `null`: none. */
export function firstLive<Item extends Pick<Machine, "purpose">>(list: Pages<Item>): Item | null {
  return itemsIn(list).find(({ purpose }) => purpose === "live") ?? null
}
