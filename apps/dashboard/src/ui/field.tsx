"use client"
import { CircleAlert } from "lucide-react"
import { type ComponentProps, type ReactNode, useId } from "react"
import { cn } from "./cn.ts"

interface FieldProps {
  label: ReactNode
  help?: ReactNode
  error?: string | undefined
  /** beside the label, at the end of the line */
  aside?: ReactNode
  children(control: ControlProps): ReactNode
}

/** What a control needs to be tied to its label, help and error. */
export interface ControlProps {
  id: string
  "aria-describedby": string | undefined
  "aria-invalid": boolean | undefined
}

/** Label above, help below, the error at the field. */
export function Field({ label, help, error, aside, children }: FieldProps) {
  const id = useId()
  const below = error ?? help
  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-1.5">
      <div className="flex items-baseline justify-between gap-2">
        <label htmlFor={id} className="text-13 font-medium text-fg">
          {label}
        </label>
        {aside}
      </div>
      {children({
        id,
        "aria-describedby": below ? `${id}-below` : undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {below ? (
        <p
          id={`${id}-below`}
          role={error ? "alert" : undefined}
          className={cn("flex gap-1.5 text-12", error ? "text-bad-fg" : "text-fg-3")}
        >
          {error ? <CircleAlert aria-hidden="true" className="mt-px size-3.5 flex-none" /> : null}
          <span>{below}</span>
        </p>
      ) : null}
    </div>
  )
}

export const inputLook =
  "h-8 w-full rounded-3 border border-line-field bg-transparent px-2.5 text-14 max-md:min-h-9 focus:border-transparent focus:outline-2 focus:-outline-offset-1 focus:outline-focus aria-invalid:border-bad-dot disabled:border-line-2 disabled:bg-sunken disabled:text-fg-3"

interface TextFieldProps extends ComponentProps<"input"> {
  label: ReactNode
  help?: ReactNode
  error?: string | undefined
  large?: boolean
}

/** A field with one line of text. */
export function TextField({ label, help, error, large, className, ...input }: TextFieldProps) {
  return (
    <Field label={label} help={help} error={error}>
      {(control) => (
        <input {...input} {...control} className={cn(inputLook, large && "h-10", className)} />
      )}
    </Field>
  )
}
