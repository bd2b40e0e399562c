import type { Answer } from "./answer.ts"
import { cookie } from "./cookies.ts"
import { type Frame, layout, type Page } from "./pages/layout.ts"
import { type ShopApi, ShopFault } from "./shop-api.ts"
import type { Cart, Category, Region } from "./shop-api-shapes.ts"
import type { ShopLook } from "./theme.ts"

/** One request of one visitor. */
export interface Visit {
  api: ShopApi
  look: ShopLook
  url: URL
  cookies: Record<string, string>
  form: Record<string, string>
  /** the page's script asks, and takes JSON */
  byScript: boolean
  /** cookies only by https */
  secure: boolean
  region: Region
  categories: Category[]
}

const month = 30 * 24 * 3600

/** The visitor's cart; nothing when they have none, or it was ordered or forgotten. */
export async function cartOf({ api, cookies }: Visit): Promise<Cart | undefined> {
  if (!cookies.cart) return undefined
  try {
    const cart = await api.cart(cookies.cart)
    return cart.completed_at ? undefined : cart
  } catch (error) {
    if (error instanceof ShopFault && error.status === 404) return undefined
    throw error
  }
}

export const keepCart = ({ secure }: Visit, id: string) => [
  cookie("cart", id, { secure, seconds: month }),
]

export const forgetCart = ({ secure }: Visit) => cookie("cart", "", { secure, seconds: 0 })

export const keepOrder = ({ secure }: Visit, id: string) =>
  cookie("order", id, { secure, seconds: month })

export const piecesIn = (cart: Cart | undefined) =>
  (cart?.items ?? []).reduce((sum, { quantity }) => sum + quantity, 0)

/** A page with the shop around it. */
export async function show(
  visit: Visit,
  page: Page & { status?: number; cart?: Cart | undefined },
): Promise<Answer> {
  const cart = "cart" in page ? page.cart : await cartOf(visit)
  const frame: Frame = {
    look: visit.look,
    categories: visit.categories,
    pieces: piecesIn(cart),
    words: visit.url.searchParams.get("q")?.slice(0, 100) ?? "",
  }
  return { page: layout(frame, page), status: page.status ?? 200 }
}
