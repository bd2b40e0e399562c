import { appRestartsMax } from "@vibecaas/contract/kinds/apps"
import { expect, test } from "vitest"
import { afterCrash } from "./after-crash.ts"

test("a restart is promised exactly as long as the server makes one", () => {
  for (let restarts = 0; restarts <= appRestartsMax + 1; restarts += 1)
    expect(afterCrash(restarts).includes("started again")).toBe(restarts < appRestartsMax)
})
