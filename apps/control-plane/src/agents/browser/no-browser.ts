import { fault } from "@vibecaas/kernel/fault"
import type { Browser } from "./browser.ts"

/** Stands where no browser can be had, and says why to whoever wants to look. */
export function noBrowser(why: string): Browser {
  return {
    look: () => Promise.reject(fault("browser_missing", { say: why })),
    warm: () => {},
    close: async () => {},
  }
}
