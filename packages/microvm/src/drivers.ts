import { openSandbox } from "./drivers/sandbox/driver.ts"
import type { DriverOptions, OpenDriver, VmDriver } from "./port.ts"

/** Every driver, one line each; which of them makes a machine is the ladder's decision. */
const drivers: readonly OpenDriver[] = [openSandbox]

/** Opens all drivers on this host. @throws Fault `state_dir_in_use` */
export function openDrivers(options: DriverOptions): Promise<VmDriver[]> {
  return Promise.all(drivers.map((open) => open(options)))
}
