"use client"
import { moneyOf } from "@vibecaas/contract/money"
import type { StoreEngine } from "@vibecaas/contract/store"
import type { StorePlan } from "@vibecaas/contract/store-plans"
import { Field } from "../ui/field.tsx"
import { memory } from "../ui/format.ts"
import { Select } from "../ui/select.tsx"

interface PlanFieldProps {
  engine: StoreEngine | undefined
  value: StorePlan
  error: string | undefined
  /** said after what the plan has */
  help?: string
  onChange(plan: StorePlan): void
}

/** How much a store may use, and what it costs. */
export function PlanField({ engine, value, error, help, onChange }: PlanFieldProps) {
  const plans = engine?.plans ?? []
  const found = plans.find(({ plan }) => plan === value)
  const has =
    found && `${memory(found.memoryMib)} memory, ${found.cpus} CPU, ${memory(found.diskMib)} disk`
  return (
    <Field label="Plan" help={[has, help].filter(Boolean).join(". ")} error={error}>
      {(control) => (
        <Select
          {...control}
          value={value}
          options={plans.map(({ plan, price }) => ({
            value: plan,
            label: `${plan}, ${moneyOf(price)} a month`,
          }))}
          onChange={onChange}
        />
      )}
    </Field>
  )
}
