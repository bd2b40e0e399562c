import { setting } from "@vibecaas/kernel/config"
import { z } from "zod"

const address = z.union(
  [z.literal("none"), z.url({ protocol: /^https?$/ })],
  "must be an http or https address, or none",
)
const hosts = z
  .string()
  .regex(
    /^[a-z0-9.-]+(:\d+)?(\s*,\s*[a-z0-9.-]+(:\d+)?)*$/,
    "must be host names, separated by commas",
  )

/** Which public registries packages come from. */
export const registrySettings = {
  VIBECAAS_REGISTRY_NPM: setting(
    address.default("https://registry.npmjs.org"),
    "registry of npm packages, asked without credentials, or none",
    "https://registry.npmjs.org",
  ),
  VIBECAAS_REGISTRY_PYPI: setting(
    address.default("https://pypi.org"),
    "index of Python packages, asked without credentials, or none",
    "https://pypi.org",
  ),
  VIBECAAS_REGISTRY_GO: setting(
    address.default("https://proxy.golang.org"),
    "proxy of Go's modules and of their hashes, asked without credentials, or none",
    "https://proxy.golang.org",
  ),
  VIBECAAS_REGISTRY_CRATES: setting(
    address.default("https://index.crates.io"),
    "sparse index of crates, asked without credentials, or none",
    "https://index.crates.io",
  ),
  VIBECAAS_REGISTRY_HOSTS: setting(
    hosts.default("files.pythonhosted.org,static.crates.io"),
    "other hosts that their files may come from",
    "files.pythonhosted.org,static.crates.io",
  ),
  VIBECAAS_PACKAGES_GB: setting(
    z.coerce.number("must be a number").int().min(1, "must be at least 1").max(10_000).default(20),
    "most that installed packages and builds may take together, in GB, and fetched files as much",
    "20",
  ),
}

/** Whether packages and builds of starters are made before anybody asks. */
export const warmingSettings = {
  VIBECAAS_WARM_STARTERS: setting(
    z.enum(["on", "off"], "must be on or off").default("on"),
    "whether packages and builds of starters are made while nobody waits",
    "on",
  ),
}

export interface RegistrySettings {
  VIBECAAS_REGISTRY_NPM: string
  VIBECAAS_REGISTRY_PYPI: string
  VIBECAAS_REGISTRY_GO: string
  VIBECAAS_REGISTRY_CRATES: string
  VIBECAAS_REGISTRY_HOSTS: string
  VIBECAAS_PACKAGES_GB: number
}

/** The settings as the server takes them; it asks nobody where an address is absent. */
export function registriesOf(values: RegistrySettings) {
  const fileHosts = values.VIBECAAS_REGISTRY_HOSTS.split(",").map((host) => host.trim())
  const upstream = (base: string) => (base === "none" ? undefined : { base, fileHosts })
  return {
    npm: upstream(values.VIBECAAS_REGISTRY_NPM),
    pypi: upstream(values.VIBECAAS_REGISTRY_PYPI),
    go: upstream(values.VIBECAAS_REGISTRY_GO),
    crates: upstream(values.VIBECAAS_REGISTRY_CRATES),
    bytesMax: values.VIBECAAS_PACKAGES_GB * 1e9,
  }
}
export type Registries = ReturnType<typeof registriesOf>
