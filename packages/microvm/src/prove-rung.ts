import { bestEffort } from "@vibecaas/kernel/log"
import { connectGuest } from "./guest-client.ts"
import type { Step } from "./ladder.ts"
import type { BootOrder, Caps, DriverOptions, Vm } from "./port.ts"

const sizes = { cpuCount: 1, memoryMiB: 256, diskMiB: 64, trust: "blueprint" } as const

/**
 * Boots a machine on one rung and lets it look around: what it says of itself must be what the rung
 * promises. Nothing of it is left.
 *
 * @param id of the machine that is booted, unused before
 */
export async function proveRung(
  { driver, rung }: Step,
  parts: Pick<DriverOptions, "clock" | "log"> & { id: string },
): Promise<Caps> {
  const order: BootOrder = { id: parts.id, rung: rung.name, ...sizes }
  try {
    const vm = await driver.boot(order)
    await lookAround(vm, parts)
    return vm.caps
  } finally {
    await bestEffort(parts.log, "clear away a probe", async () => {
      await driver.destroy(order.id)
      await driver.deleteData(order.id)
    })
  }
}

async function lookAround(vm: Vm, { clock }: Pick<DriverOptions, "clock">): Promise<void> {
  const guest = await connectGuest(vm, { clock })
  try {
    const { stdout, exitCode } = await guest.exec(["node", "-e", look], { timeoutMs: 10_000 })
    const report = stdout.toString("utf8").trim()
    if (exitCode !== 0 || !report.startsWith("loopback ")) {
      throw new Error(`the machine is broken: ${report}`)
    }
    const interfaces = report.split(" ").slice(1)
    if (!vm.caps.network && interfaces.some((name) => name !== "lo")) {
      throw new Error("it sees a network")
    }
  } finally {
    guest.close()
  }
}

const look = `
const net = require("node:net"), os = require("node:os"), fs = require("node:fs")
if (process.getuid() === 0) throw new Error("runs as root")
fs.writeFileSync(process.env.DATA_DIR + "/probe", "x")
fs.writeFileSync(process.env.WORKSPACE_DIR + "/probe", "x")
const server = net.createServer((s) => s.end()).listen(0, "127.0.0.1", () =>
  net.connect(server.address().port, "127.0.0.1", () => {
    console.log("loopback", ...Object.keys(os.networkInterfaces()))
    process.exit(0)
  }))`
