"use client"
import type { ReactNode } from "react"
import type { FieldValues } from "react-hook-form"
import { cn } from "../ui/cn.ts"
import { Refusal } from "./refusal.tsx"
import type { Form as FormOf } from "./use-form.ts"

interface FormProps<Values extends FieldValues> {
  form: FormOf<Values>
  /** names the form, e.g. "Sign in" */
  label: string
  className?: string
  children: ReactNode
}

/** A form element around fields: what was refused and belongs to none of them stands above. */
export function Form<Values extends FieldValues>(props: FormProps<Values>) {
  const { form, label, className, children } = props
  return (
    <form
      // Sent before the script runs, it must not put what was typed into the address.
      method="post"
      noValidate
      aria-label={label}
      onSubmit={form.submit}
      onFocus={form.warm}
      className={cn("grid gap-4", className)}
    >
      <Refusal problem={form.problem} />
      {children}
    </form>
  )
}
