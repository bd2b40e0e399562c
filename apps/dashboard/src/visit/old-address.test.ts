import type { Me } from "@vibecaas/contract/kinds/tenants"
import { expect, test } from "vitest"
import { addressNow, projectIn } from "./old-address.ts"

const organization = (slug: string, personal: boolean) => ({ id: `org_${slug}`, slug, personal })
const me = {
  organizations: [organization("halden", false), organization("mara", true)],
} as unknown as Me

test("an address without an organization leads to the one that was open last, or to one's own", () => {
  expect(addressNow("/settings", { me })).toBe("/o/mara/settings")
  expect(addressNow("/?x=1", { me, last: "halden" })).toBe("/o/halden/projects")
  expect(addressNow("/projects?new=1", { me, last: "left it" })).toBe("/o/mara/projects?new=1")
})

test("the address of a project leads to the organization it belongs to, whichever was open", () => {
  const address = "/projects/prj_1/files?path=a%2Fb"
  const project = { organizationId: "org_halden" } as never
  expect(projectIn(address)).toBe("prj_1")
  expect(addressNow(address, { me, project, last: "mara" })).toBe(`/o/halden${address}`)
  const foreign = { organizationId: "org_other" } as never
  expect(addressNow(address, { me, project: foreign })).toBeUndefined()
})

test("only an address of a project names one", () => {
  for (const address of [
    "/",
    "/projects",
    "/projects?x=/projects/prj_1",
    "/o/halden/projects/prj_1",
  ])
    expect(projectIn(address)).toBeUndefined()
})
