"use client"
import type { StoreEngine } from "@vibecaas/contract/store"
import type { StorePlan } from "@vibecaas/contract/store-plans"
import { PlanField } from "./plan-field.tsx"
import { partsOf, ValueFields } from "./value-fields.tsx"

/** What of a store is chosen when it is made, and changed later. */
export interface Chosen {
  plan: StorePlan
  values: Record<string, string | boolean>
}

interface ChosenFieldsProps {
  engine: StoreEngine | undefined
  chosen: Chosen
  /** the store is there: another plan starts it anew, and some values are only shown */
  made?: boolean
  errorAt(field: "plan" | `values.${string}`): string | undefined
  onChange(chosen: Partial<Chosen>): void
}

/** The plan, and a field for each value of the engine. */
export function ChosenFields({ engine, chosen, made, errorAt, onChange }: ChosenFieldsProps) {
  return (
    <>
      <PlanField
        engine={engine}
        value={chosen.plan}
        error={errorAt("plan")}
        {...(made ? { help: "Another plan starts the store anew." } : {})}
        onChange={(plan) => onChange({ plan })}
      />
      <ValueFields
        {...(made ? { made } : {})}
        parts={partsOf(engine)}
        values={chosen.values}
        errorAt={(part) => errorAt(`values.${part}`)}
        onChange={(values) => onChange({ values })}
      />
    </>
  )
}
