import { agentRoles } from "@vibecaas/contract/kinds/agents"
import { expect, test } from "vitest"
import { makeModels } from "./make-models.ts"
import { lineOf } from "./model.ts"

const refuse: typeof fetch = () => Promise.reject(new Error("no request was expected"))

test("without configuration every role has the offline model, labelled as what it is", () => {
  const made = makeModels({ fetch: refuse })
  if (!made.ok) throw new Error(made.mistakes.join())
  for (const role of agentRoles) {
    expect(made.models.for(role)).toMatchObject({
      trust: "blueprint",
      info: { simulated: true, label: "Starters, no language model" },
    })
  }
})

test("a role's own model replaces the default, and its code is not trusted", () => {
  const made = makeModels({
    default: "anthropic:claude-x",
    roles: { testing: "compatible:llama3:8b" },
    settings: {
      ANTHROPIC_API_KEY: "k",
      VIBECAAS_MODEL_BASE_URL: "http://127.0.0.1:11434/v1",
    },
    fetch: refuse,
  })
  if (!made.ok) throw new Error(made.mistakes.join())
  expect(made.models.for("planning").info).toEqual({
    ...{ provider: "anthropic", model: "claude-x", simulated: false },
    label: "claude-x by Anthropic",
  })
  expect(made.models.for("testing")).toMatchObject({
    trust: "untrusted",
    info: { model: "llama3:8b", label: "llama3:8b by 127.0.0.1:11434" },
  })
})

test("a list names who takes over, one after the other", () => {
  const made = makeModels({
    default: "anthropic:claude-x, openai:gpt-x,offline",
    settings: { ANTHROPIC_API_KEY: "k", OPENAI_API_KEY: "k" },
    fetch: refuse,
  })
  if (!made.ok) throw new Error(made.mistakes.join())
  const line = lineOf(made.models.for("backend")).map(({ info }) => info.provider)
  expect(line).toEqual(["anthropic", "openai", "offline"])
})

test("every mistake is told at once", () => {
  const made = makeModels({
    default: "openai:gpt-x",
    roles: {
      planning: "gpt-x",
      testing: "google:gemini-x",
      backend: "compatible:m",
      frontend: "constructor:x",
    },
    fetch: refuse,
  })
  expect(made.ok ? [] : made.mistakes).toEqual([
    expect.stringMatching(/“gpt-x” names no model/),
    expect.stringMatching(/“constructor:x” names no model/),
    expect.stringMatching(/need VIBECAAS_MODEL_BASE_URL/),
    expect.stringMatching(/need OPENAI_API_KEY/),
    expect.stringMatching(/need GOOGLE_GENERATIVE_AI_API_KEY/),
  ])
})
