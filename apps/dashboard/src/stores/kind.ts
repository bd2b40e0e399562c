import { ChartLine, Store } from "lucide-react"
import type { Kind } from "../kind.ts"
import { storeChanged, storeDeleted } from "./live.ts"
import { StoreName } from "./store-name.tsx"

/** Shops that take orders. */
export const storesKind = {
  live: { "store.changed": storeChanged, "store.deleted": storeDeleted },
  missed: {
    organization: () => ["GET /stores", "GET /stores/{storeId}"],
  },
  pages: [
    {
      at: "/stores",
      ...{ name: "Stores", icon: Store, needs: "store:read", goKey: "o", place: 12 },
    },
    { at: "/stores/{storeId}", name: "Store", Name: StoreName, place: 0 },
    {
      at: "/store-metrics",
      ...{ name: "Store metrics", icon: ChartLine, needs: "platform-admin", place: 93 },
    },
  ],
} as const satisfies Kind
