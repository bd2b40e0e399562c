import { isIP } from "node:net"
import type { AgentRole } from "@vibecaas/contract/kinds/agents"
import { agentRoles } from "@vibecaas/contract/kinds/agents"
import { type ConfigResult, readConfig } from "@vibecaas/kernel/config"
import { modelsIn, splitModelName } from "../agents/models/model-name.ts"
import { providerNamed, providerSettings } from "../agents/models/providers.ts"
import { budgetsOf } from "./budget-settings.ts"
import { mistakesOfCluster } from "./cluster-settings.ts"
import { missingOfOidc, oidcOf } from "./oidc-settings.ts"
import { rateLimitsOf } from "./rate-settings.ts"
import { registriesOf } from "./registry-settings.ts"
import { settings } from "./settings.ts"
import { storesOf } from "./store-settings.ts"

type Values = Extract<ConfigResult<typeof settings>, { ok: true }>["values"]

/** The configuration of one installation, with every default filled in. Plain data: it crosses processes. */
export type Config = ReturnType<typeof fillIn>

/**
 * Reads the environment once; answers every mistake together.
 *
 * @param around `dataDir` when VIBECAAS_DATA is not set; `keyFileFault` looks whether a master key
 * is where it should be, and answers what is wrong
 */
export function readPlatformConfig(
  env: Record<string, string | undefined>,
  around: { dataDir: string; keyFileFault(file: string): string | undefined },
): { ok: true; config: Config } | { ok: false; mistakes: string[] } {
  const read = readConfig(settings, env)
  const others = [...keyMistakes(env.VIBECAAS_MASTER_KEY_FILE, around), ...unknownSettings(env)]
  if (!read.ok) return { ok: false, mistakes: [...read.mistakes, ...others] }
  const config = fillIn(read.values, around)
  const mistakes = [...others, ...contradictions(config)]
  return mistakes.length > 0 ? { ok: false, mistakes } : { ok: true, config }
}

/** A path that is not absolute is a mistake of its own, told with the settings. */
function keyMistakes(
  file: string | undefined,
  around: { keyFileFault(file: string): string | undefined },
): string[] {
  const wrong = file?.startsWith("/") ? around.keyFileFault(file) : undefined
  return wrong ? [`VIBECAAS_MASTER_KEY_FILE: ${wrong}`] : []
}

/** Set by our own commands, not by people. */
const internal = new Set(["VIBECAAS_RELOCATED"])

function unknownSettings(env: Record<string, string | undefined>): string[] {
  return Object.keys(env)
    .filter((name) => name.startsWith("VIBECAAS_") && !(name in settings) && !internal.has(name))
    .map((name) => `${name}: there is no such setting; bin/start --help lists them all`)
}

function fillIn(values: Values, defaults: { dataDir: string }) {
  const base = values.VIBECAAS_BASE_DOMAIN
  const publicUrl = (values.VIBECAAS_PUBLIC_URL ?? `http://${base}:${values.PORT}`).replace(
    /\/+$/,
    "",
  )
  const loopback = isLoopback(values.HOST)
  const isPrivate =
    loopback && isLoopback(new URL(publicUrl).hostname) && !values.VIBECAAS_TRUST_PROXY
  const signup = values.VIBECAAS_SIGNUP ?? (isPrivate ? ("open" as const) : ("invite" as const))
  return {
    port: values.PORT,
    host: values.HOST,
    /** listens on addresses of this machine only; a proxy on it may still let others in */
    loopback,
    /** nobody but this machine's users can reach the server, as far as the settings tell */
    private: isPrivate,
    dataDir: values.VIBECAAS_DATA ?? defaults.dataDir,
    baseDomain: base,
    appsDomain: values.VIBECAAS_APPS_DOMAIN ?? `preview.${base}`,
    /** origin of the dashboard, without a trailing slash */
    publicUrl,
    /** proxies before this server that say who asks */
    proxies: values.VIBECAAS_TRUST_PROXY ? (1 as const) : (0 as const),
    signup,
    admin: {
      email: values.VIBECAAS_ADMIN_EMAIL ?? `admin@${base === "localhost" ? "example.com" : base}`,
      password: values.VIBECAAS_ADMIN_PASSWORD,
    },
    masterKeyFile: values.VIBECAAS_MASTER_KEY_FILE,
    requireIsolation: values.VIBECAAS_REQUIRE_ISOLATION,
    allowNoIsolation: values.VIBECAAS_ALLOW_NO_ISOLATION,
    /** the path of a Chromium, or `none`; whichever is installed when absent */
    browser: values.VIBECAAS_BROWSER,
    /** hosts of MCP servers that people may connect */
    mcpHosts: values.VIBECAAS_MCP_HOSTS,
    /** the mail server; undefined: mails are kept and shown to administrators */
    mail: values.SMTP_URL
      ? { url: values.SMTP_URL, from: values.VIBECAAS_MAIL_FROM ?? `vibecaas@${base}` }
      : undefined,
    /** by whom people can sign in beside their password */
    oidc: oidcOf(values, signup),
    databaseUrl: values.DATABASE_URL,
    logLevel: values.VIBECAAS_LOG_LEVEL,
    metricsToken: values.VIBECAAS_METRICS_TOKEN,
    models: modelSettings(values),
    budgets: budgetsOf(values),
    rateLimits: rateLimitsOf(values),
    /** where replicas count calls together; in the database, or nowhere, when absent */
    redisUrl: values.REDIS_URL,
    registries: registriesOf(values),
    stores: storesOf(values, base),
    warmsStarters: values.VIBECAAS_WARM_STARTERS === "on",
  }
}

/** Whether a name or an address leads to this machine, from wherever it is asked. */
function isLoopback(host: string): boolean {
  return /^(127\.\d+\.\d+\.\d+|\[?::1\]?|localhost|.+\.localhost)$/.test(host)
}

function modelSettings(values: Values) {
  // Providers declare their settings themselves, so their names are not known to the compiler.
  const named: Record<string, unknown> = values
  const text = (name: string) => (typeof named[name] === "string" ? named[name] : undefined)
  const roleModel = (role: AgentRole) =>
    [role, text(`VIBECAAS_MODEL_${role.toUpperCase()}`) ?? values.VIBECAAS_MODEL] as const
  return {
    /** `provider:model` of each role for which one is named */
    roles: Object.fromEntries(agentRoles.map(roleModel)) as Record<AgentRole, string | undefined>,
    /** of the providers, by the names of their environment variables */
    settings: Object.fromEntries(Object.keys(providerSettings).map((name) => [name, text(name)])),
  }
}

/** Settings that are each right and cannot be together. */
function contradictions(config: Config): string[] {
  const mistakes: string[] = []
  const url = new URL(config.publicUrl)
  const local = config.baseDomain === "localhost" || config.baseDomain.endsWith(".localhost")
  if (!local && url.protocol === "http:" && isIP(url.hostname) === 0) {
    mistakes.push(
      "VIBECAAS_PUBLIC_URL: must be https when VIBECAAS_BASE_DOMAIN is not localhost, because private previews need secure cookies",
    )
  }
  if (config.requireIsolation && config.allowNoIsolation) {
    mistakes.push(
      "VIBECAAS_ALLOW_NO_ISOLATION: cannot be set together with VIBECAAS_REQUIRE_ISOLATION",
    )
  }
  mistakes.push(...missingOfOidc(config.oidc), ...mistakesOfCluster(config.stores.cluster))
  const named = Object.values(config.models.roles).filter((line) => line !== undefined)
  for (const name of new Set(named.flatMap(modelsIn)))
    mistakes.push(...missingKey(name, config.models))
  return mistakes
}

function missingKey(text: string, { settings }: Config["models"]): string[] {
  const { name, modelId } = splitModelName(text)
  const needs = providerNamed(name)?.needs
  if (needs === undefined) return []
  if (!modelId) return [`VIBECAAS_MODEL: ${name} needs a model, for example ${name}:<name>`]
  return settings[needs] ? [] : [`${needs}: is needed for the model ${text}`]
}

/** The settings with their meanings and defaults, for `--help`. */
export function settingsHelp(): string {
  const rows = Object.entries(settings).map(([name, { help, default: shown }]) => [
    name,
    `${help} [${shown}]`,
  ])
  const width = Math.max(...rows.map(([name = ""]) => name.length))
  return rows.map(([name = "", help = ""]) => `  ${name.padEnd(width)}  ${help}`).join("\n")
}
