import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    include: ["e2e/src/**/*.test.ts"],
    root: new URL("..", import.meta.url).pathname,
    pool: "forks",
    // One platform at a time: each is a whole server with its database and machines.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
})
