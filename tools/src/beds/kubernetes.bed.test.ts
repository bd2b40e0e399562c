import { join } from "node:path"
import { expect } from "vitest"
import { bedTest, exported, printed } from "../bed-test.ts"

bedTest("kubernetes", "a real cluster comes up, keeps an object and goes", async (world) => {
  const bed = { KUBE_BIN: join(world.cache, "bin") }
  const kube = (verb: string) => printed([join(world.bed, "kube"), verb, world.dir], bed)
  try {
    kube("up")
    const { KUBECONFIG = "" } = exported(kube("env"))
    const kubectl = (...argv: string[]) =>
      printed([join(bed.KUBE_BIN, "kubectl"), ...argv], { KUBECONFIG })
    expect(kubectl("get", "nodes", "-o", "name")).toMatch(/^node\/\S+\n$/)
    kubectl("create", "configmap", "kept", "--from-literal=a=b")
    expect(kubectl("get", "configmap", "kept", "-o", "jsonpath={.data.a}")).toBe("b")
  } finally {
    kube("down")
  }
})
