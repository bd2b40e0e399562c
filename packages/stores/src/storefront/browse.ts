import type { Answer } from "./answer.ts"
import { type Listing, listPage, sorts } from "./pages/list.ts"
import { troublePage } from "./pages/order.ts"
import { productPage } from "./pages/product.ts"
import { show, type Visit } from "./visit.ts"

const limit = 24

export const home = (visit: Visit) =>
  list(visit, { heading: visit.look.tagline || "All products", lead: "", path: "/", query: {} })

export function search(visit: Visit): Promise<Answer> {
  const words = (visit.url.searchParams.get("q") ?? "").trim().slice(0, 100)
  const heading = words ? `Results for “${words}”` : "All products"
  return list(visit, { heading, lead: "", path: "/search", query: words ? { q: words } : {} })
}

export async function category(visit: Visit, handle: string): Promise<Answer> {
  const found = visit.categories.find((each) => each.handle === handle)
  if (!found) return missing(visit)
  const path = `/categories/${encodeURIComponent(handle)}`
  return list(visit, { heading: found.name, lead: "", path, query: {} }, found.id)
}

async function list(
  visit: Visit,
  of: Pick<Listing, "heading" | "lead" | "path" | "query">,
  categoryId?: string,
): Promise<Answer> {
  const asked = visit.url.searchParams
  const sort = sorts.find(({ name }) => name === asked.get("sort")) ?? sorts[0]
  const page = Math.min(Math.max(Number.parseInt(asked.get("page") ?? "1", 10) || 1, 1), 1000)
  const offset = (page - 1) * limit
  const { products, count } = await visit.api.products(visit.region, {
    words: of.query.q ?? "",
    category: categoryId,
    order: sort.order,
    offset,
    limit,
  })
  const { locale } = visit.look
  const listing = { ...of, products, count, offset, limit, sort: sort.name, locale }
  return show(visit, {
    title: of.path === "/" ? visit.look.name : of.heading,
    description: `${visit.look.name}. ${visit.look.tagline}`,
    body: listPage(listing),
  })
}

export async function product(visit: Visit, handle: string): Promise<Answer> {
  const found = await visit.api.product(visit.region, handle)
  if (!found) return missing(visit)
  return show(visit, {
    title: found.title,
    description: found.description ?? found.title,
    body: productPage({ product: found, locale: visit.look.locale }),
  })
}

export function missing(visit: Visit): Promise<Answer> {
  const body = troublePage({
    heading: "There is no such page",
    say: "It may have been taken off, or the address has a mistake.",
  })
  return show(visit, { title: "Not found", body, status: 404 })
}
