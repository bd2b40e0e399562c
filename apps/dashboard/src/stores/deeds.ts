import { Store } from "lucide-react"
import type { Deeds } from "../kind.ts"

export const storesDeeds = {
  icons: { store: Store },
  actions: {
    "store.create": "Store asked for",
    "store.start": "Store start asked for",
    "store.stop": "Store stop asked for",
    "store.upgrade": "Store upgrade asked for",
    "store.rollback": "Store going back asked for",
    "store.backup": "Store backup asked for",
    "store.download": "Store backup downloaded",
    "store.upload": "Store backup uploaded",
    "store.forget": "Store backup deleted",
    "store.restore": "Store restore asked for",
    "store.drill": "Restore drill asked for",
    "store.retry": "Store tried again",
    "store.cancel": "Store work cancelled",
    "store.probe": "Test order asked for",
    "store.change": "Store settings changed",
    "store.reveal": "Store credentials revealed",
    // Asked for first; `deleted` follows once everything is checked to be gone.
    "store.delete": "Store deletion asked for",
    "store.deleted": "Store deleted",
  },
} as const satisfies Deeds
