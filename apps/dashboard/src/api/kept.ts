import type { QueryClient } from "@tanstack/react-query"
import type { ItemOf, PagedRoute } from "./read.ts"
import { type Touch, touches } from "./touch.ts"

interface Page<Item> {
  items: Item[]
}

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
