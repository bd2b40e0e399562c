import { expect, test } from "vitest"
import { broughtGo, withGo } from "./bring-go.ts"

const node = "v24.0.0-linux-x64"

test("Go is brought where the host has none or an old one, and for platforms whose hash is known", () => {
  const kept = { node, go: "go1.26.0-linux-x64" }
  expect(withGo(kept, "linux-x64")).toEqual(kept)
  for (const go of [undefined, "go1.19.8-linux-x64"]) {
    const { go: brought = "" } = withGo({ node, ...(go ? { go } : {}) }, "linux-arm64")
    expect(broughtGo(brought)).toEqual({
      module: expect.stringMatching(/^v0\.0\.1-go1\.\d+\.\d+\.linux-arm64$/),
      hash: expect.stringMatching(/^h1:.{43}=$/),
    })
  }
  expect(withGo({ node }, "linux-riscv64")).toEqual({ node })
  expect(broughtGo("go1.26.0-linux-x64")).toBeUndefined()
})
