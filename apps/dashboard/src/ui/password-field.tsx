"use client"
import { Eye, EyeOff } from "lucide-react"
import { type ComponentProps, type ReactNode, useState } from "react"
import { cn } from "./cn.ts"
import { Field, inputLook } from "./field.tsx"

interface PasswordFieldProps extends Omit<ComponentProps<"input">, "type"> {
  label: string
  help?: ReactNode
  error?: string | undefined
  large?: boolean
}

/** A password: covered until the person asks to see what they typed. */
export function PasswordField(props: PasswordFieldProps) {
  const { label, help, error, large, className, ...input } = props
  const [shown, setShown] = useState(false)
  const Icon = shown ? EyeOff : Eye
  return (
    <Field label={label} help={help} error={error}>
      {(control) => (
        <div className="relative">
          <input
            spellCheck={false}
            autoCapitalize="none"
            {...input}
            {...control}
            type={shown ? "text" : "password"}
            className={cn(inputLook, "pr-10", large && "h-10", className)}
          />
          <button
            type="button"
            aria-pressed={shown}
            title={shown ? "Hide" : "Show"}
            onClick={() => setShown(!shown)}
            className="absolute inset-y-0 right-0 grid w-10 place-items-center rounded-3 text-fg-3 outline-offset-[-3px] hover:text-fg"
          >
            <Icon aria-hidden="true" className="size-4" strokeWidth={1.75} />
            {/* Text and no label: a field named “Password” is found once. */}
            <span className="sr-only">Show what is typed as {label.toLowerCase()}</span>
          </button>
        </div>
      )}
    </Field>
  )
}
