import { expect, test } from "vitest"
import { readPlatformConfig } from "./config.ts"

const read = (env: Record<string, string>) =>
  readPlatformConfig(env, { dataDir: "/data", keyFileFault: () => undefined })

const whole = {
  VIBECAAS_STORES_BACKEND: "helm",
  VIBECAAS_STORES_PREFIX: "shops",
  VIBECAAS_STORES_IMAGE: "registry.test/store-{engine}:{version}",
  VIBECAAS_STORES_GATEWAYS: "10.0.0.0/16, 2001:db8::/48",
  VIBECAAS_STORES_HELM: "/usr/bin/helm",
}

test("a cluster in somebody's environment changes nothing until stores are told to run on it", () => {
  const result = read({ KUBECONFIG: "~/.kube/config" })
  expect(result.ok && result.config.stores.cluster).toBeUndefined()
})

test("stores on a cluster need a prefix, images, networks and Helm, all told at once", () => {
  const result = read({
    ...{ VIBECAAS_STORES_BACKEND: "helm", VIBECAAS_STORES_REACH: "services", KUBECONFIG: "here" },
  })
  expect(result.ok ? [] : result.mistakes.map((mistake) => mistake.split(":")[0])).toEqual([
    ...["VIBECAAS_STORES_PREFIX", "VIBECAAS_STORES_IMAGE", "VIBECAAS_STORES_GATEWAYS"],
    ...["VIBECAAS_STORES_HELM", "KUBECONFIG"],
  ])
  expect(read(whole)).toMatchObject({
    config: { stores: { cluster: { gateways: ["10.0.0.0/16", "2001:db8::/48"] } } },
  })
})

test.each(["10.0.0.0", "10.0.0.0/33", "everybody", "10.0.0.0/16;"])(
  "%s is no network from which stores are visited",
  (text) => expect(read({ ...whole, VIBECAAS_STORES_GATEWAYS: text }).ok).toBe(false),
)
