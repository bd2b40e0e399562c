import { resolve } from "node:path"
import { defineConfig } from "vitest/config"
import { patience, workers } from "../tools/src/longest-first.ts"

/** All that needs a browser, but for what takes long. Each file has platforms of its own, on ports and in directories of their own. */
export default defineConfig({
  test: {
    name: "e2e",
    include: ["e2e/src/**/*.test.ts", "evaluation/src/**/*.test.ts"],
    exclude: ["**/*.long.test.ts"],
    root: resolve(import.meta.dirname, ".."),
    maxWorkers: workers,
    expect: { poll: patience },
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
})
