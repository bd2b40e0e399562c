import type { InfiniteData, QueryClient, QueryKey } from "@tanstack/react-query"
import type { ItemOf, PagedRoute } from "./read.ts"
import { touches } from "./touch.ts"

interface Page<Item> {
  items: Item[]
}

export type Pages<Item> = { pages: readonly { items: readonly Item[] }[] }

/** What was read so far of a list that is read page by page. */
export const itemsIn = <Item>(list: Pages<Item> | undefined): Item[] =>
  list?.pages.flatMap(({ items }) => items) ?? []

/** An item of a route's kept lists, whichever has it. */
export function keptItem<N extends PagedRoute>(
  client: QueryClient,
  route: N,
  id: string,
): ItemOf<N> | undefined {
  const lists = client.getQueriesData<Pages<ItemOf<N>> | Page<ItemOf<N>>>({
    predicate: ({ queryKey }) => touches(route, queryKey),
  })
  return lists
    .flatMap(([, list]) => (list === undefined ? [] : "pages" in list ? itemsIn(list) : list.items))
    .find((item) => Reflect.get(Object(item), "id") === id)
}

/** Changes items in every kept list of a route, whether it is kept as one page or as many. */
export function changeItems<N extends PagedRoute>(
  client: QueryClient,
  route: N,
  change: (item: ItemOf<N>) => ItemOf<N>,
): void {
  client.setQueriesData<Page<ItemOf<N>> | { pages: Page<ItemOf<N>>[] }>(
    { predicate: ({ queryKey }) => touches(route, queryKey) && queryKey[2] !== "all" },
    (list) => list && changed(list, change),
  )
}

function changed<Item>(list: Page<Item> | { pages: Page<Item>[] }, change: (item: Item) => Item) {
  const inPage = (page: Page<Item>) => ({ ...page, items: page.items.map(change) })
  return "pages" in list ? { ...list, pages: list.pages.map(inPage) } : inPage(list)
}

type List<Item> = InfiniteData<Page<Item> & { nextCursor: string | null }, string | undefined>

/** @returns whether the item was in the list, which is kept page by page; it is in its place now */
export function replaceItem<Item extends { id: string }>(
  client: QueryClient,
  queryKey: QueryKey,
  item: Item,
): boolean {
  const list = client.getQueryData<List<Item>>(queryKey)
  if (!list || !itemsIn(list).some(({ id }) => id === item.id)) return false
  const replaced = changed(list, (old) => (old.id === item.id ? item : old))
  client.setQueryData(queryKey, replaced)
  return true
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
  if (replaceItem(client, queryKey, item)) return true
  const list = client.getQueryData<List<Item>>(queryKey)
  const last = list?.pages.at(-1)
  if (!list || !last) {
    const only = { pages: [{ items: [item], nextCursor: null }], pageParams: [undefined] }
    client.setQueryData<List<Item>>(queryKey, only)
    return false
  }
  if (last.nextCursor !== null) return false
  const pages = [...list.pages.slice(0, -1), { ...last, items: [...last.items, item] }]
  client.setQueryData<List<Item>>(queryKey, { ...list, pages })
  return true
}
