"use client"
import type { Problem } from "@vibecaas/contract/faults"
import { type FormEvent, useRef } from "react"
import {
  type DefaultValues,
  type FieldValues,
  type Path,
  type Resolver,
  type UseFormReturn,
  useForm as useFormState,
} from "react-hook-form"
import { problemOf } from "../api/problem.ts"
import { type Faults, faultsIn, faultsOf } from "./faults.ts"
import type { Schema } from "./schema-of.ts"
import { useUnsaved } from "./use-unsaved.ts"

export interface FormOptions<Values extends FieldValues, Reply> {
  /** what the fields hold at first; without it they keep what was typed before the script ran */
  values?: Values
  /** what is sent for what was typed */
  body(values: Values): object
  /** the contract's schema of that; loaded when the form is first touched */
  schema?(): Promise<Schema | undefined>
  send(body: object, values: Values): Promise<Reply>
  done?(reply: Reply): void
  /** what is wrong beyond the contract, e.g. that a name must be repeated */
  check?(values: Values): Partial<Record<keyof Values & string, string | undefined>>
  /** fields whose name is not that of the body's part, by that part */
  fieldFor?: Record<string, Path<Values>>
  /** other words for a refusal */
  say?(problem: Problem): string | undefined
  /** leaving the page while something typed was not sent is asked about */
  guarded?: boolean
  /** a page follows: the button stays busy until it is there */
  leaves?: boolean
}

export interface Form<Values extends FieldValues> {
  state: UseFormReturn<Values>
  pending: boolean
  /** what was refused and belongs to no field */
  problem: Problem | undefined
  submit(event?: FormEvent): void
  /** puts something into fields that are no text, as if it was typed */
  set(values: Partial<Values>): void
  /** empties the fields: what was typed was sent */
  clear(): void
  /** loads what the form is judged by */
  warm(): void
  /** props of a text field */
  text(name: Path<Values>): ReturnType<UseFormReturn<Values>["register"]> & {
    error: string | undefined
  }
  errorAt(name: Path<Values>): string | undefined
}

/**
 * One form: judged by the contract's schema before it is sent and by the server after, each sentence
 * at its field, the focus at the first; sent once however often it is submitted; nothing typed is
 * lost on failure.
 */
export function useForm<Values extends FieldValues, Reply>(
  options: FormOptions<Values, Reply>,
): Form<Values> {
  const latest = useRef(options)
  latest.current = options
  const refused = useRef<Problem>(undefined)
  const sending = useRef(false)
  const state = useFormState<Values>({
    resolver: (values) => judge(latest.current, values),
    ...(options.values ? { values: options.values } : {}),
    ...(options.values ? { defaultValues: options.values as DefaultValues<Values> } : {}), // whole values are some
    resetOptions: { keepDirtyValues: true },
  })
  const { isDirty, isSubmitting, isSubmitSuccessful, errors } = state.formState
  useUnsaved(options.guarded === true && isDirty && !isSubmitting && !isSubmitSuccessful)
  const send = state.handleSubmit(async (values) => {
    const { body, send, done } = latest.current
    try {
      const reply = await send(body(values), values)
      done?.(reply)
    } catch (error) {
      refused.current = tell(state, latest.current, problemOf(error))
    }
  })
  const errorAt = (name: Path<Values>) => {
    const message = state.getFieldState(name, state.formState).error?.message
    return message === "" ? undefined : message
  }
  return {
    state,
    pending: isSubmitting || (options.leaves === true && isSubmitSuccessful),
    problem: errors.root ? refused.current : undefined,
    submit: (event) => {
      event?.preventDefault()
      if (sending.current) return
      sending.current = true
      void send().finally(() => {
        sending.current = false
      })
    },
    set: (values) => {
      for (const [name, value] of Object.entries(values))
        state.setValue(name as Path<Values>, value, { shouldDirty: true }) // keys of the form's values
    },
    // Without saying so it would keep what was typed, as it does when other values are read.
    clear: () => state.reset(undefined, { keepDirtyValues: false }),
    warm: () => void load(latest.current),
    text: (name) => ({ ...state.register(name), error: errorAt(name) }),
    errorAt,
  }
}

/** A schema that could not be loaded is not missed: the server judges anyway. */
function load({ schema }: Pick<FormOptions<FieldValues, never>, "schema">) {
  return schema?.().catch(() => undefined) ?? Promise.resolve(undefined)
}

function fieldFinder<Values extends FieldValues, Reply>(
  { fieldFor = {} }: FormOptions<Values, Reply>,
  values: Values,
) {
  return (path: string) => fieldFor[path] ?? (path in values ? path : undefined)
}

async function judge<Values extends FieldValues, Reply>(
  options: FormOptions<Values, Reply>,
  values: Values,
): Promise<Awaited<ReturnType<Resolver<Values>>>> {
  const own = Object.entries(options.check?.(values) ?? {}).filter(([, sentence]) => sentence)
  const schema = await load(options as FormOptions<FieldValues, never>) // only its schema is read
  const said = schema ? faultsOf(schema, options.body(values), fieldFinder(options, values)) : {}
  const faults = { ...said, ...Object.fromEntries(own) } as Faults // empty sentences are left out
  if (Object.keys(faults).length === 0) return { values, errors: {} }
  const errors = Object.fromEntries(
    Object.entries(faults).map(([field, message]) => [field, { type: "contract", message }]),
  )
  return { values: {}, errors: errors as never } // named by fields, as `FieldErrors` wants them
}

/** Puts what was refused where it belongs. @returns the problem when part of it has no field */
function tell<Values extends FieldValues, Reply>(
  state: UseFormReturn<Values>,
  options: FormOptions<Values, Reply>,
  refused: Problem,
): Problem {
  const faults = Object.entries(faultsIn(refused, fieldFinder(options, state.getValues())))
  const detail = options.say?.(refused) ?? refused.detail
  faults.forEach(([field, message], at) => {
    const name = field as Path<Values> // `fieldFinder` answers fields
    state.setError(name, { type: "server", message }, { shouldFocus: at === 0 })
  })
  if (faults.length === 0) state.setError("root", { type: "server", message: detail })
  return { ...refused, detail }
}
