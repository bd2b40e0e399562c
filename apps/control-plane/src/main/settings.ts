import { isIP } from "node:net"
import { agentRoles } from "@vibecaas/contract/kinds/agents"
import { flag, type Setting, setting } from "@vibecaas/kernel/config"
import { z } from "zod"
// Not through the kind's door: the supervisor reads settings, and should not load the whole kind.
import { providerSettings, providers } from "../agents/models/providers.ts"
import { readHost } from "../mcp/reach/hosts.ts"
import { budgetSettings } from "./budget-settings.ts"
import { domainName } from "./domain-name.ts"
import { oidcSettings } from "./oidc-settings.ts"
import { rateSettings } from "./rate-settings.ts"
import { registrySettings, warmingSettings } from "./registry-settings.ts"
import { storeSettings } from "./store-settings.ts"

const absolutePath = z.string().startsWith("/", "must be an absolute path").optional()
const oneModel = `(${providers.map(({ name }) => name).join("|")})(:[^,]+)?`
const modelName = z
  .string()
  .regex(
    new RegExp(`^${oneModel}(\\s*,\\s*${oneModel})*$`),
    "must read provider:model, for example openai:gpt-5 or offline; more of them after commas",
  )
  .optional()
const roleModels = Object.fromEntries(
  agentRoles.map((role) => [
    `VIBECAAS_MODEL_${role.toUpperCase()}`,
    setting(modelName, `model of the ${role.replace("_", " ")} agent`, "VIBECAAS_MODEL"),
  ]),
) as Record<`VIBECAAS_MODEL_${Uppercase<(typeof agentRoles)[number]>}`, Setting<string | undefined>>

/** Every setting of the platform; `bin/start --help` prints this table. */
export const settings = {
  PORT: setting(
    z.coerce
      .number("must be a port number")
      .int()
      .min(1, "must be 1 to 65535")
      .max(65_535, "must be 1 to 65535")
      .default(3000),
    "port of the dashboard, the API and all previews",
    "3000",
  ),
  HOST: setting(
    z
      .string()
      .refine((host) => isIP(host) > 0 || host === "localhost", {
        error: "must be an IP address of this machine, 0.0.0.0 for all of them, or localhost",
      })
      .default("127.0.0.1"),
    "address to listen on",
    "127.0.0.1",
  ),
  VIBECAAS_DATA: setting(
    absolutePath,
    "directory of everything that is kept",
    ".data in the checkout; /var/lib/vibecaas/data as root",
  ),
  VIBECAAS_BASE_DOMAIN: setting(
    domainName.default("localhost"),
    "domain of the dashboard",
    "localhost",
  ),
  VIBECAAS_APPS_DOMAIN: setting(
    domainName.optional(),
    "domain below which previews live",
    "preview.<base domain>",
  ),
  VIBECAAS_PUBLIC_URL: setting(
    z.url({ protocol: /^https?$/, error: "must be an http or https address" }).optional(),
    "address people type, when a proxy stands before this server",
    "http://<base domain>:<port>",
  ),
  VIBECAAS_TRUST_PROXY: setting(
    flag(false),
    "believe X-Forwarded-For and X-Forwarded-Proto of the proxy before this server",
    "0",
  ),
  VIBECAAS_SIGNUP: setting(
    z.enum(["open", "invite", "closed"], "must be open, invite or closed").optional(),
    "who may sign up: open lets anybody, invite who has an invitation, closed nobody",
    "open while only this machine can reach the server, else invite",
  ),
  VIBECAAS_ADMIN_EMAIL: setting(
    z.email("must be an e-mail address").optional(),
    "the first administrator",
    "admin@<base domain>; admin@example.com on localhost",
  ),
  VIBECAAS_ADMIN_PASSWORD: setting(
    z
      .string()
      .min(10, "must have at least 10 characters")
      .max(128, "must have at most 128 characters")
      .optional(),
    "their password at the first start",
    "generated and shown once",
  ),
  VIBECAAS_MASTER_KEY_FILE: setting(
    absolutePath,
    "file with the 32-byte key that seals secrets, in hex or base64",
    "made in the data directory",
  ),
  VIBECAAS_REQUIRE_ISOLATION: setting(flag(false), "refuse to run apps without namespaces", "0"),
  VIBECAAS_ALLOW_NO_ISOLATION: setting(
    flag(false),
    "run a model's code even as this very user",
    "0",
  ),
  VIBECAAS_BROWSER: setting(
    z
      .union([z.literal("none"), z.string().startsWith("/")], "must be an absolute path, or none")
      .optional(),
    "Chromium that agents look at pages with, or none",
    "the one that is installed",
  ),
  VIBECAAS_MCP_HOSTS: setting(
    z
      .string()
      .default("")
      .transform((text) => text.split(",").flatMap((each) => each.trim() || []))
      .refine((hosts) => hosts.every(readHost), {
        error:
          "must name hosts in lower case, such as tools.example or http://127.0.0.1:3900; more of them after commas",
      }),
    "hosts of MCP servers that people may connect: with a port also at private addresses, after http:// unencrypted",
    "none",
  ),
  DATABASE_URL: setting(
    z
      .string()
      .regex(/^postgres(ql)?:\/\//, "must start with postgresql://")
      .optional(),
    "a PostgreSQL 16 or newer to use, as a role that may create roles",
    "an embedded PostgreSQL 18",
  ),
  SMTP_URL: setting(
    z
      .string()
      .regex(/^smtps?:\/\/[^/]+/, "must start with smtp:// or smtps://")
      .optional(),
    "mail server, such as smtps://user:password@mail.example.com",
    "none: administrators read mails on the page Platform",
  ),
  VIBECAAS_MAIL_FROM: setting(
    z.string().min(3, "must be an e-mail address").optional(),
    "whom mails are from",
    "vibecaas@<base domain>",
  ),
  VIBECAAS_METRICS_TOKEN: setting(
    z.string().min(16, "must have at least 16 characters").optional(),
    "what Prometheus must say, as a bearer token, to read /metrics",
    "none: read by anybody while only this machine can reach the server, else by nobody",
  ),
  VIBECAAS_LOG_LEVEL: setting(
    z
      .enum(["debug", "info", "warn", "error"], "must be debug, info, warn or error")
      .default("info"),
    "how much is logged",
    "info",
  ),
  VIBECAAS_MODEL: setting(
    modelName,
    "model of all agents, as provider:model; one after a comma takes over when it fails for good",
    "offline",
  ),
  ...oidcSettings,
  ...roleModels,
  ...providerSettings,
  ...budgetSettings,
  ...rateSettings,
  ...registrySettings,
  ...warmingSettings,
  ...storeSettings,
}
