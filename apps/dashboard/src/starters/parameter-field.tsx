"use client"
import type { StarterLanguage, StarterParameter } from "@vibecaas/contract/starter-form"
import { parameterLimits } from "@vibecaas/contract/starter-limits"
import type { Form } from "../form/use-form.ts"
import { cn } from "../ui/cn.ts"
import { Field, inputLook, TextField } from "../ui/field.tsx"
import { Select } from "../ui/select.tsx"
import { Switch } from "../ui/switch.tsx"
import { fieldOf } from "./parameter-values.ts"

interface ParameterFieldProps {
  parameter: StarterParameter
  form: Form<Record<string, string | boolean>>
  /** in which its label is read */
  language?: StarterLanguage
}

/** A parameter's field, as its kind needs it. */
export function ParameterField({ parameter, form, language = "en" }: ParameterFieldProps) {
  const name = fieldOf(parameter.name)
  const label = parameter.label[language]
  const error = form.errorAt(name)
  const value = form.state.watch(name)
  const set = (wanted: string | boolean) =>
    form.state.setValue(name, wanted, { shouldDirty: true, shouldValidate: true })
  switch (parameter.kind) {
    case "flag":
      return <Switch label={label} checked={value === true} onChange={set} />
    case "choice":
      return (
        <Field label={label} error={error}>
          {(control) => (
            <Select
              {...control}
              value={String(value)}
              options={parameter.choices.map((each) => ({
                value: each.value,
                label: each.label[language],
              }))}
              onChange={set}
            />
          )}
        </Field>
      )
    case "color":
      return (
        <Field label={label} error={error}>
          {(control) => (
            <span className="flex gap-2">
              <input
                type="color"
                aria-label={`${label}, chosen from a palette`}
                value={/^#[0-9a-f]{6}$/i.test(String(value)) ? String(value) : "#000000"}
                onChange={({ target }) => set(target.value)}
                className="h-8 w-11 flex-none rounded-3 border border-line-field bg-transparent p-1 max-md:h-9"
              />
              <input {...withoutError(form, name)} {...control} className={cn(inputLook, "mono")} />
            </span>
          )}
        </Field>
      )
    // It has a form of its own.
    case "data_model":
      return null
    case "long_text":
    case "list":
      return <TextArea parameter={parameter} form={form} label={label} error={error} />
    default:
      return (
        <TextField
          label={label}
          help={boundsOf(parameter)}
          inputMode={parameter.kind === "number" ? "decimal" : "text"}
          autoComplete="off"
          {...form.text(name)}
        />
      )
  }
}

function withoutError(form: ParameterFieldProps["form"], name: string) {
  const { error: _, ...field } = form.text(name)
  return field
}

interface TextAreaProps extends Omit<ParameterFieldProps, "language"> {
  label: string
  error: string | undefined
}

function TextArea({ parameter, form, label, error }: TextAreaProps) {
  return (
    <Field label={label} help={boundsOf(parameter)} error={error}>
      {(control) => (
        <textarea
          {...withoutError(form, fieldOf(parameter.name))}
          {...control}
          rows={4}
          className={cn(inputLook, "h-auto py-1.5")}
        />
      )}
    </Field>
  )
}

function boundsOf(parameter: StarterParameter): string | undefined {
  switch (parameter.kind) {
    case "number": {
      const { min, max } = parameter
      if (min !== undefined && max !== undefined) return `${min} to ${max}`
      if (min !== undefined) return `${min} or more`
      return max === undefined ? undefined : `${max} or less`
    }
    case "list":
      return `One a line, at most ${parameter.max ?? parameterLimits.items}.`
    default:
      return undefined
  }
}
