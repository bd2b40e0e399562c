import { isIP } from "node:net"
import { isAbsolute } from "node:path"
import { setting } from "@vibecaas/kernel/config"
import { z } from "zod"

const backends = ["local", "helm"] as const
const file = z.string().refine(isAbsolute, "must be an absolute path").optional()

/** Where stores run, when not on this host. */
export const clusterSettings = {
  VIBECAAS_STORES_BACKEND: setting(
    z.enum(backends, `must be one of ${backends.join(", ")}`).default("local"),
    "what runs stores: this host, or a Kubernetes cluster by Helm",
    "local",
  ),
  KUBECONFIG: setting(
    z.string().optional(),
    "with helm: the file that says which cluster, and who the platform is there",
    "what a pod of the cluster is given",
  ),
  VIBECAAS_STORES_NAMESPACES_KUBECONFIG: setting(
    file,
    "with helm: like KUBECONFIG, of who may make and remove namespaces",
    "KUBECONFIG",
  ),
  VIBECAAS_STORES_CLUSTER_ROLE: setting(
    z.string().max(253).optional(),
    "with helm: the role that who is KUBECONFIG is given in each store's namespace, as charts/store-rights makes it",
    "none: it has its rights already",
  ),
  VIBECAAS_STORES_PREFIX: setting(
    z
      .string()
      .regex(/^[a-z]([a-z0-9-]{0,28}[a-z0-9])?$/, "must be at most 30 of a-z, 0-9 and -")
      .optional(),
    "with helm: begins the names of its namespaces; another one for each installation on a cluster",
    "none",
  ),
  VIBECAAS_STORES_IMAGE: setting(
    z
      .string()
      .refine((text) => text.includes("{engine}"), "must have {engine} in it")
      .optional(),
    "with helm: the images of engines, such as registry.example.com/store-{engine}:{version}",
    "none",
  ),
  VIBECAAS_STORES_REACH: setting(
    z.enum(["services", "forward"], "must be services or forward").default("forward"),
    "with helm: how the platform comes to stores, by the cluster's Services or through its API server (slower)",
    "forward",
  ),
  VIBECAAS_STORES_GATEWAYS: setting(
    z
      .string()
      .transform((text) => text.split(",").map((one) => one.trim()))
      .refine((list) => list.every(isNetwork), "must be networks such as 10.0.0.0/16, with commas")
      .optional(),
    "with services: the networks from which stores are visited, the platform's own among them; nobody else gets in",
    "none",
  ),
  VIBECAAS_STORES_STORAGE_CLASS: setting(
    z.string().max(63).optional(),
    "with helm: the class of stores' volumes",
    "the cluster's usual one",
  ),
  VIBECAAS_STORES_HELM: setting(
    file,
    "with helm: the program Helm, 3.19 or later",
    "the one on the system's path",
  ),
}

function isNetwork(text: string): boolean {
  const [address = "", bits = "", ...rest] = text.split("/")
  const kind = isIP(address)
  return (
    kind !== 0 &&
    /^\d{1,3}$/.test(bits) &&
    Number(bits) <= (kind === 4 ? 32 : 128) &&
    rest.length === 0
  )
}

interface Values {
  VIBECAAS_STORES_BACKEND: (typeof backends)[number]
  KUBECONFIG: string | undefined
  VIBECAAS_STORES_NAMESPACES_KUBECONFIG: string | undefined
  VIBECAAS_STORES_CLUSTER_ROLE: string | undefined
  VIBECAAS_STORES_PREFIX: string | undefined
  VIBECAAS_STORES_IMAGE: string | undefined
  VIBECAAS_STORES_REACH: "services" | "forward"
  VIBECAAS_STORES_GATEWAYS: string[] | undefined
  VIBECAAS_STORES_STORAGE_CLASS: string | undefined
  VIBECAAS_STORES_HELM: string | undefined
}

/** Of the cluster on which stores run; nothing when they run on this host. */
export function clusterOf(values: Values) {
  if (values.VIBECAAS_STORES_BACKEND === "local") return undefined
  return {
    kubeconfig: values.KUBECONFIG,
    namespacesKubeconfig: values.VIBECAAS_STORES_NAMESPACES_KUBECONFIG,
    clusterRole: values.VIBECAAS_STORES_CLUSTER_ROLE,
    storageClass: values.VIBECAAS_STORES_STORAGE_CLASS,
    prefix: values.VIBECAAS_STORES_PREFIX ?? "",
    image: values.VIBECAAS_STORES_IMAGE ?? "",
    reach: values.VIBECAAS_STORES_REACH,
    gateways: values.VIBECAAS_STORES_GATEWAYS ?? [],
    helmPath: values.VIBECAAS_STORES_HELM ?? "",
  }
}

/** What a cluster needs that has no usual value, and what only counts with one. */
export function mistakesOfCluster(cluster: ReturnType<typeof clusterOf>): string[] {
  if (!cluster) return []
  const needed = {
    VIBECAAS_STORES_PREFIX: cluster.prefix,
    VIBECAAS_STORES_IMAGE: cluster.image,
    ...(cluster.reach === "services" ? { VIBECAAS_STORES_GATEWAYS: cluster.gateways.join() } : {}),
    VIBECAAS_STORES_HELM: cluster.helmPath,
  }
  const missing = Object.entries(needed)
    .filter(([, value]) => value === "")
    .map(([name]) => `${name}: is needed with VIBECAAS_STORES_BACKEND=helm`)
  // Helm and the client of the cluster read it from folders of their own.
  const isFile = cluster.kubeconfig === undefined || isAbsolute(cluster.kubeconfig)
  return isFile ? missing : [...missing, "KUBECONFIG: must be the absolute path of one file"]
}
