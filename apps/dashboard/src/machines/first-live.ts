import type { Machine } from "@vibecaas/contract/kinds/machines"

type Pages<Item> = { pages: readonly { items: readonly Item[] }[] }

export const itemsIn = <Item>(list: Pages<Item> | undefined): Item[] =>
  list?.pages.flatMap(({ items }) => items) ?? []

/** Of machines or apps the first that people use, which the project's address is of; `null`: none. */
export function firstLive<Item extends Pick<Machine, "purpose">>(list: Pages<Item>): Item | null {
  return itemsIn(list).find(({ purpose }) => purpose === "live") ?? null
}
