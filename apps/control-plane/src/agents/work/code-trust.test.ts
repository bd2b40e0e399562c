import type { Commit } from "@vibecaas/contract/commits"
import { expect, test } from "vitest"
import type { Repository } from "../../projects/index.ts"
import { makeModels } from "../models/make-models.ts"
import { codeTrust } from "./code-trust.ts"

const made = (author: string, message: string): Commit => ({
  ...{ author, message, id: "0".repeat(40), parent: null, at: "2026-01-01T00:00:00.000Z" },
})
const step = "wrote server.js\n\nStep: tsk_1/1/call_1"

/** Only the history matters here. */
const withHistory = (...commits: Commit[]) =>
  ({ log: async () => commits }) as Partial<Repository> as Repository

function models(backend = "offline") {
  const result = makeModels({ roles: { backend }, settings: { OPENAI_API_KEY: "k" }, fetch })
  if (!result.ok) throw new Error(result.mistakes.join())
  return result.models
}

test.each([
  ["nothing yet", [], "offline", "blueprint"],
  ["steps of offline agents", [made("backend agent", step)], "offline", "blueprint"],
  ["a person's commit", [made("backend agent", step), made("Mara", "Fix")], "offline", "untrusted"],
  ["a person's commit with a mark", [made("Mara", step)], "offline", "untrusted"],
  ["one role with a real model", [made("backend agent", step)], "openai:gpt-x", "untrusted"],
  ["a real model that may take over", [], "offline, openai:gpt-x", "untrusted"],
] as const)("a project with %s", async (_, commits, backend, trust) => {
  expect(await codeTrust(models(backend), withHistory(...commits))).toBe(trust)
})
