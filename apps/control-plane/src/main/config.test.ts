import { expect, test } from "vitest"
import { providers } from "../agents/models/providers.ts"
import { readPlatformConfig, settingsHelp } from "./config.ts"

const keyFileFault = (file: string) => (file === "/key" ? undefined : `${file} cannot be read.`)
const read = (env: Record<string, string>) =>
  readPlatformConfig(env, { dataDir: "/data", keyFileFault })
const mistakesOf = (env: Record<string, string>) => {
  const result = read(env)
  return result.ok ? [] : result.mistakes
}

test("an empty environment is a complete configuration for loopback", () => {
  const result = read({})
  expect(result.ok && result.config).toMatchObject({
    port: 3000,
    host: "127.0.0.1",
    loopback: true,
    private: true,
    signup: "open",
    appsDomain: "preview.localhost",
    publicUrl: "http://localhost:3000",
    models: { roles: { planning: undefined, backend: undefined } },
  })
})

test("all mistakes are told at once, each with the setting's meaning", () => {
  const mistakes = mistakesOf({
    PORT: "seventy",
    HOST: "nowhere",
    VIBECAAS_MASTER_KEY_FILE: "/nowhere",
    VIBECAAS_SIGNUP: "maybe",
    VIBECAAS_ADMIN_PASSWORD: "short",
    VIBECAAS_DATA: "relative/path",
    VIBECAAS_TYPO: "1",
    DATABASE_URL: "mysql://x",
  })
  expect(mistakes.map((mistake) => mistake.split(":")[0])).toEqual([
    "PORT",
    "HOST",
    "VIBECAAS_DATA",
    "VIBECAAS_SIGNUP",
    "VIBECAAS_ADMIN_PASSWORD",
    "DATABASE_URL",
    "VIBECAAS_MASTER_KEY_FILE",
    "VIBECAAS_TYPO",
  ])
  expect(mistakes[0]).toBe(
    "PORT: must be a port number (port of the dashboard, the API and all previews)",
  )
})

test("sign-up is by invitation when others can reach the server, unless it is set otherwise", () => {
  const result = read({ HOST: "0.0.0.0" })
  expect(result.ok && result.config.signup).toBe("invite")
  const open = read({ HOST: "0.0.0.0", VIBECAAS_SIGNUP: "open" })
  expect(open.ok && open.config.signup).toBe("open")
})

test.each<[string, Record<string, string>]>([
  [
    "under a name on the internet",
    { VIBECAAS_BASE_DOMAIN: "x.example", VIBECAAS_PUBLIC_URL: "https://x.example" },
  ],
  ["at a public address", { VIBECAAS_PUBLIC_URL: "https://192.0.2.1" }],
  ["behind a proxy whatever it is called", { VIBECAAS_TRUST_PROXY: "1" }],
])("sign-up and weak isolation are off for a server on loopback that is reached %s", (_, env) => {
  const result = read({ HOST: "127.0.0.1", ...env })
  expect(result.ok && result.config).toMatchObject({
    loopback: true,
    private: false,
    signup: "invite",
  })
})

test("names and addresses of this machine leave sign-up open", () => {
  for (const url of ["http://127.0.0.1:3000", "http://[::1]:3000", "http://my.localhost:3000"]) {
    const result = read({ VIBECAAS_PUBLIC_URL: url })
    expect(result.ok && result.config.signup, url).toBe("open")
  }
})

test("a mail server is named by its address, and mails are from the platform unless it is said", () => {
  expect(mistakesOf({ SMTP_URL: "mail.example.com" })).toEqual([
    expect.stringMatching(/^SMTP_URL: must start with smtp/),
  ])
  const set = read({ SMTP_URL: "smtps://u:p@mail.example.com" })
  expect(set.ok && set.config.mail).toEqual({
    ...{ url: "smtps://u:p@mail.example.com", from: "vibecaas@localhost" },
  })
})

test("a domain that is not localhost needs https", () => {
  expect(mistakesOf({ VIBECAAS_BASE_DOMAIN: "example.org" })[0]).toMatch(
    /^VIBECAAS_PUBLIC_URL: must be https/,
  )
  expect(
    mistakesOf({ VIBECAAS_BASE_DOMAIN: "example.org", VIBECAAS_PUBLIC_URL: "https://example.org" }),
  ).toEqual([])
})

test("a model without its key is a mistake that names the key", () => {
  expect(mistakesOf({ VIBECAAS_MODEL: "openai:gpt-5" })).toEqual([
    "OPENAI_API_KEY: is needed for the model openai:gpt-5",
  ])
  expect(mistakesOf({ VIBECAAS_MODEL_FRONTEND: "compatible:llama" })).toEqual([
    "VIBECAAS_MODEL_BASE_URL: is needed for the model compatible:llama",
  ])
})

test("the help names every setting with its default", () => {
  expect(settingsHelp()).toContain("VIBECAAS_SIGNUP")
  expect(settingsHelp()).toMatch(/PORT +port of the dashboard, the API and all previews \[3000\]/)
})

test("what a provider of models declares is a setting of the platform, by name and in the help", () => {
  for (const { name, settings } of providers) {
    for (const setting of Object.keys(settings)) expect(settingsHelp()).toContain(setting)
    expect(mistakesOf({ VIBECAAS_MODEL: `${name}:m` }).join()).not.toContain("provider:model")
  }
  const given = read({ VIBECAAS_MODEL: "openai:gpt-5", OPENAI_API_KEY: "k" })
  expect(given.ok && given.config.models.settings.OPENAI_API_KEY).toBe("k")
})

test("budgets of agents are settings, and a wrong one is named", () => {
  const given = read({ VIBECAAS_MODEL_IDLE_SECONDS: "30", VIBECAAS_RUN_TOKENS: "1000" })
  expect(given.ok && given.config.budgets).toMatchObject({
    run: { tokensMax: 1000 },
    task: { minutesMax: 30 },
    call: { idleMsMax: 30_000, patienceMsMax: 900_000 },
  })
  expect(mistakesOf({ VIBECAAS_TASK_MINUTES: "soon" }).join()).toMatch(
    /VIBECAAS_TASK_MINUTES: must be a whole number/,
  )
})
