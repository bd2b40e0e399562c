import { expect, test } from "vitest"
import { kindOfAddress } from "../../core/addresses.ts"
import { allowing, mayLeadTo, readHost } from "./hosts.ts"

const allows = (host: string, url: string) => allowing([host], new URL(url)) !== undefined

test("an entry names a host, perhaps its port, and whether it may be asked without encryption", () => {
  expect(readHost("tools.example")).toEqual({ host: "tools.example", port: null, plain: false })
  expect(readHost("http://127.1:3900")).toEqual({ host: "127.0.0.1", port: 3900, plain: true })
  expect(readHost("[::1]:80")).toEqual({ host: "[::1]", port: 80, plain: false })
  for (const bad of [
    "",
    "*.example",
    "Tools.example",
    "a b",
    "a:0",
    "a:70000",
    "https://a",
    "a/b",
  ]) {
    expect(readHost(bad)).toBeUndefined()
  }
})

test("an entry without a port is the usual port, and one with a port is no other", () => {
  expect(allows("tools.example", "https://tools.example/mcp")).toBe(true)
  expect(allows("tools.example", "https://TOOLS.example:443/mcp")).toBe(true)
  expect(allows("tools.example", "https://tools.example:8443/mcp")).toBe(false)
  expect(allows("tools.example", "http://tools.example/mcp")).toBe(false)
  expect(allows("http://tools.example", "http://tools.example/mcp")).toBe(true)
  expect(allows("tools.example:8443", "https://tools.example:8443/mcp")).toBe(true)
  expect(allows("tools.example:8443", "https://tools.example/mcp")).toBe(false)
  for (const other of [
    "https://a.tools.example",
    "https://tools.example.",
    "https://xtools.example",
  ]) {
    expect(allows("tools.example", other)).toBe(false)
  }
  for (const same of ["http://0x7f.1:3900/", "http://2130706433:3900/", "http://127.0.0.1:3900/"]) {
    expect(allows("http://127.0.0.1:3900", same)).toBe(true)
  }
})

test("addresses are public, private or strange", () => {
  const kinds = {
    public: ["93.184.216.34", "1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1"],
    private: [
      "10.1.2.3",
      "172.31.0.1",
      "192.168.1.1",
      "127.9.9.9",
      "::1",
      "fd00::1",
      "100.127.0.1",
    ],
    strange: ["169.254.1.1", "0.1.2.3", "224.0.0.1", "255.255.255.255", "fe80::1", "::", "ff02::1"],
  }
  for (const [kind, all] of Object.entries(kinds)) {
    expect(all.map(kindOfAddress)).toEqual(all.map(() => kind))
  }
  expect(["2002:7f00:1::", "64:ff9b::a00:1", "2001::1", "nonsense"].map(kindOfAddress)).toEqual(
    Array(4).fill("strange"),
  )
})

test("a strange address is asked only where it is itself what is allowed", () => {
  const named = { host: "tools.example", port: 80, plain: true }
  expect(mayLeadTo(named, "10.0.0.1")).toBe(true)
  expect(mayLeadTo(named, "169.254.169.254")).toBe(false)
  expect(mayLeadTo({ ...named, port: null }, "10.0.0.1")).toBe(false)
  expect(mayLeadTo({ ...named, host: "169.254.169.254" }, "169.254.169.254")).toBe(true)
})
