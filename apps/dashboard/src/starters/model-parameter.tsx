"use client"
import type { DataModel } from "@vibecaas/contract/data-model"
import type {
  StarterLanguage,
  StarterParameter,
  StarterValues,
} from "@vibecaas/contract/starter-form"
import dynamic from "next/dynamic"
import { useCallback } from "react"
import type { Form } from "../form/use-form.ts"
import { Loading, Skeleton } from "../ui/skeleton.tsx"
import { fieldOf, type TypedValues } from "./parameter-values.ts"

const ModelField = dynamic(
  () => import("../apps/data-model/model-field.tsx").then((module) => module.ModelField),
  {
    ssr: false,
    loading: () => (
      <div className="grid gap-3">
        <Loading what="data model" />
        <Skeleton className="w-3/5" />
        <Skeleton className="w-4/5" />
      </div>
    ),
  },
)

interface ModelParametersProps {
  parameters: readonly StarterParameter[]
  form: Form<TypedValues>
  language?: StarterLanguage
  /** the values that a project has, where it has an app already */
  before?: StarterValues | undefined
}

/**
 * The data models among a starter's parameters. They have forms of their own, so they stand beside
 * the form that sends them.
 */
export function ModelParameters({
  parameters,
  form,
  language = "en",
  before,
}: ModelParametersProps) {
  return parameters.flatMap((parameter) =>
    parameter.kind === "data_model" ? (
      <ModelParameter
        key={parameter.name}
        {...{ parameter, form, language, before: before?.[parameter.name] }}
      />
    ) : (
      []
    ),
  )
}

interface ModelParameterProps extends Omit<ModelParametersProps, "parameters" | "before"> {
  parameter: Extract<StarterParameter, { kind: "data_model" }>
  language: StarterLanguage
  before: unknown
}

function ModelParameter({ parameter, form, language, before }: ModelParameterProps) {
  const name = fieldOf(parameter.name)
  const { setValue, getValues } = form.state
  const keep = useCallback(
    (model: DataModel) => {
      const text = JSON.stringify(model, null, 2)
      if (getValues(name) !== text)
        setValue(name, text, { shouldDirty: true, shouldValidate: true })
    },
    [name, getValues, setValue],
  )
  return (
    <ModelField
      label={parameter.label[language]}
      // The server has checked both against the parameter.
      first={parameter.default as unknown as DataModel}
      before={before as DataModel | undefined}
      error={form.errorAt(name)}
      onChange={keep}
    />
  )
}
