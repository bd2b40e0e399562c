import type { SecretType } from "@vibecaas/contract/secret-types"
import type { ComponentProps } from "react"
import { cn } from "../ui/cn.ts"
import { Field, inputLook, TextField } from "../ui/field.tsx"
import { hasLines } from "./secret-words.ts"

interface ValueFieldProps extends Omit<ComponentProps<"input">, "type"> {
  type: SecretType
  error: string | undefined
  help?: string
}

const off = { autoComplete: "off", spellCheck: false } as const

/** Where a value is typed: covered when it is one line, and as large as a key or a certificate needs. */
export function ValueField({ type, help, error, ...input }: ValueFieldProps) {
  if (!hasLines(type)) {
    return (
      <TextField
        {...input}
        {...off}
        label="Value"
        type="password"
        autoComplete="new-password"
        className="mono"
        help={help}
        error={error}
      />
    )
  }
  const { ref, onChange, onBlur, name } = input as ComponentProps<"input"> & { ref: never }
  return (
    <Field label="Value" help={help} error={error}>
      {(control) => (
        <textarea
          {...off}
          {...control}
          {...{ ref, name }}
          // A field of the form takes changes of either element.
          onChange={onChange as never}
          onBlur={onBlur as never}
          rows={6}
          className={cn(inputLook, "mono h-auto py-1.5 text-12")}
        />
      )}
    </Field>
  )
}
