import { type ComponentProps, type ReactNode, useId } from "react"
import { classNames } from "./class-names.ts"

const box =
  "block w-full min-h-10 rounded-lg border border-edge bg-surface px-3 py-2 text-[15px] placeholder:text-muted aria-invalid:border-danger"

interface Around {
  label: string
  /** seen by readers of the screen only */
  hideLabel?: boolean
  help?: string
  /** what is wrong and how to mend it */
  error?: string | undefined
}

interface Described {
  id: string
  "aria-invalid": true | undefined
  "aria-describedby": string | undefined
}

/** A label above, help below, and a mistake in place of the help. */
function Labelled({
  label,
  hideLabel,
  help,
  error,
  children,
}: Around & { children(described: Described): ReactNode }) {
  const id = useId()
  const said = error ?? help
  const described: Described = {
    id,
    "aria-invalid": error === undefined ? undefined : true,
    "aria-describedby": said === undefined ? undefined : `${id}-says`,
  }
  return (
    <div>
      <label htmlFor={id} className={hideLabel ? "sr-only" : "mb-1 block text-sm font-medium"}>
        {label}
      </label>
      {children(described)}
      {said !== undefined && (
        <p
          id={`${id}-says`}
          className={classNames("mt-1 text-sm", error === undefined ? "text-muted" : "text-danger")}
        >
          {said}
        </p>
      )}
    </div>
  )
}

export function TextField({
  label,
  hideLabel,
  help,
  error,
  ...rest
}: Around & ComponentProps<"input">) {
  return (
    <Labelled {...{ label, hideLabel, help, error }}>
      {(described) => (
        <input type="text" {...rest} {...described} className={classNames(box, rest.className)} />
      )}
    </Labelled>
  )
}

export function TextArea({
  label,
  hideLabel,
  help,
  error,
  ...rest
}: Around & ComponentProps<"textarea">) {
  return (
    <Labelled {...{ label, hideLabel, help, error }}>
      {(described) => (
        <textarea rows={3} {...rest} {...described} className={classNames(box, rest.className)} />
      )}
    </Labelled>
  )
}

export interface Choice {
  value: string
  label: string
}

export function Select({
  label,
  hideLabel,
  help,
  error,
  choices,
  ...rest
}: Around & ComponentProps<"select"> & { choices: readonly Choice[] }) {
  return (
    <Labelled {...{ label, hideLabel, help, error }}>
      {(described) => (
        <select {...rest} {...described} className={classNames(box, rest.className)}>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  )
}

/** A round box to tick. Its label is for readers of the screen. */
export function Tick({ label, ...rest }: { label: string } & ComponentProps<"input">) {
  return (
    <span className="relative inline-grid size-10 shrink-0 place-items-center">
      <input
        {...rest}
        type="checkbox"
        aria-label={label}
        className="peer size-[22px] cursor-pointer appearance-none rounded-full border-[1.5px] border-edge bg-surface transition checked:border-accent checked:bg-accent hover:border-accent-text"
      />
      <svg
        aria-hidden="true"
        viewBox="0 0 16 16"
        className="pointer-events-none absolute size-3.5 fill-none stroke-on-accent stroke-[2.5] opacity-0 peer-checked:opacity-100"
      >
        <path d="m3 8.5 3.2 3L13 4.5" />
      </svg>
    </span>
  )
}
