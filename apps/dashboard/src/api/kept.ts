import type { InfiniteData, QueryClient, QueryKey } from "@tanstack/react-query"
import type { ItemOf, PagedRoute } from "./read.ts"
import { type Touch, touches } from "./touch.ts"

interface Page<Item> {
  items: Item[]
}

export type Pages<Item> = { pages: readonly { items: readonly Item[] }[] }

/** What was read so far of a list that is read page by page. */
export const itemsIn = <Item>(list: Pages<Item> | undefined): Item[] =>
  list?.pages.flatMap(({ items }) => items) ?? []

/** Changes items in every kept list of a route, whether it is kept as one page or as many. */
export function changeItems<N extends PagedRoute>(
  client: QueryClient,
  lists: { of: N; where?: Record<string, string> },
  change: (item: ItemOf<N>) => ItemOf<N>,
): void {
  const touch: Touch = lists.where ? [lists.of, lists.where] : lists.of
  client.setQueriesData<Page<ItemOf<N>> | { pages: Page<ItemOf<N>>[] }>(
    { predicate: ({ queryKey }) => touches(touch, queryKey) && queryKey[2] !== "all" },
    (list) => list && changed(list, change),
  )
}

function changed<Item>(list: Page<Item> | { pages: Page<Item>[] }, change: (item: Item) => Item) {
  const inPage = (page: Page<Item>) => ({ ...page, items: page.items.map(change) })
  return "pages" in list ? { ...list, pages: list.pages.map(inPage) } : inPage(list)
}

/**
 * Puts an item into a list that is kept page by page: in its own place, or at the end where nothing
 * more is to be read.
 *
 * @returns whether it stands where a read would put it; otherwise the list is to be read again
 */
export function putItem<Item extends { id: string }>(
  client: QueryClient,
  queryKey: QueryKey,
  item: Item,
): boolean {
  type List = InfiniteData<Page<Item> & { nextCursor: string | null }, string | undefined>
  const list = client.getQueryData<List>(queryKey)
  if (!list?.pages.length) {
    const only = { pages: [{ items: [item], nextCursor: null }], pageParams: [undefined] }
    client.setQueryData<List>(queryKey, only)
    return false
  }
  const known = list.pages.findIndex(({ items }) => items.some(({ id }) => id === item.id))
  const at = known < 0 ? list.pages.length - 1 : known
  if (known < 0 && list.pages[at]?.nextCursor !== null) return false
  const pages = list.pages.map((page, index) =>
    index === at ? { ...page, items: withItem(page.items, item) } : page,
  )
  client.setQueryData<List>(queryKey, { ...list, pages })
  return true
}

function withItem<Item extends { id: string }>(items: readonly Item[], item: Item): Item[] {
  const known = items.some(({ id }) => id === item.id)
  return known ? items.map((old) => (old.id === item.id ? item : old)) : [...items, item]
}
