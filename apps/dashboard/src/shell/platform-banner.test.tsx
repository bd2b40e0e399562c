// @vitest-environment jsdom
import { screen } from "@testing-library/react"
import type { Platform } from "@vibecaas/contract/kinds/platform"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { fakeApi } from "../testing/fake-api.ts"
import { BannerWord, PlatformBanner, useBanner } from "./platform-banner.tsx"

function Both() {
  const banner = useBanner()
  return (
    <>
      <BannerWord {...banner} />
      <PlatformBanner {...banner} />
    </>
  )
}

const facts = (parts: readonly string[]): Platform => ({
  ...{ version: "0", signup: "open" as const, baseDomain: "localhost" },
  isolation: { label: "Sandbox: bubblewrap", weak: false, reaches: [] },
  simulated: parts.map((part) => ({ part, sentence: `${part}: a stand-in.` })),
})

function open(parts: readonly string[]) {
  fakeApi({ "GET /platform": () => facts(parts) })
  return draw(<Both />)
}

test("the notice folds to a word that still leads to what it means, until there is more to say", async () => {
  window.localStorage.clear()
  const first = open(["mail"])
  await screen.findByRole("region", { name: "What is not real here" })
  await first.user.click(screen.getByRole("button", { name: "Fold this notice" }))
  expect(screen.queryByRole("region")).toBeNull()
  await first.user.click(screen.getByRole("button", { name: /What is not real here$/ }))
  await screen.findByRole("dialog", { name: "What is simulated, and what apps can reach" })
  first.unmount()
  const again = open(["mail"])
  await screen.findByRole("button", { name: /What is not real here$/ })
  expect(screen.queryByRole("region")).toBeNull()
  again.unmount()
  open(["mail", "Language model"])
  await screen.findByRole("region", { name: "What is not real here" })
})
