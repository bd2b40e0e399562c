import { resolve } from "node:path"
import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    include: ["e2e/src/**/*.test.ts"],
    root: resolve(import.meta.dirname, ".."),
    pool: "forks",
    // One platform at a time: each is a whole server with its database and machines.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
})
