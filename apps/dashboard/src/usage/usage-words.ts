import type { Resource } from "@vibecaas/contract/kinds/quotas"
import type { Meter } from "@vibecaas/contract/kinds/usage"
import { duration, memory } from "../ui/format.ts"

const resourceNames: Record<Resource, string> = {
  projects: "Projects",
  microvms: "Machines",
  microvm_memory_mib: "Memory of machines",
  concurrent_runs: "Runs at a time",
}

const meterNames: Record<Meter, string> = {
  "microvm.seconds": "Machine time",
  "agent.tokens.input": "Tokens read by models",
  "agent.tokens.output": "Tokens written by models",
  "agent.milliseconds": "Agents’ time",
}

export function quotaWords(resource: string): string {
  return resource in resourceNames ? resourceNames[resource as Resource] : resource
}

export function meterWords(meter: string): string {
  return meter in meterNames ? meterNames[meter as Meter] : meter
}

/** "9" or "512 MB", by the resource's unit */
export function quotaAmount(resource: string, used: number): string {
  return resource.endsWith("_mib") ? memory(used) : used.toLocaleString("en")
}

/** "5 h 5 min", "1,204 tokens" */
export function amount(quantity: number, unit: string): string {
  if (unit === "seconds") return duration(quantity * 1000)
  if (unit === "milliseconds") return duration(quantity)
  return `${quantity.toLocaleString("en")} ${unit}`
}
