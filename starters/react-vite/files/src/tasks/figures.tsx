import { classNames } from "../kit/class-names.ts"
import type { Figures as Numbers } from "./views.ts"

export function Figures({ numbers, dueDates }: { numbers: Numbers; dueDates: boolean }) {
  const all = [
    { label: "Open", value: numbers.open },
    ...(dueDates
      ? [
          { label: "Due today", value: numbers.today },
          { label: "Late", value: numbers.late, urgent: numbers.late > 0 },
        ]
      : []),
    { label: "Done this week", value: numbers.done },
  ]
  return (
    <dl className="flex overflow-hidden rounded-2xl border border-line bg-surface">
      {all.map(({ label, value, urgent }) => (
        <div
          key={label}
          className="flex-1 border-l border-line px-3 py-3 first:border-0 sm:px-5 sm:py-4"
        >
          <dt className="text-[13px] leading-tight text-muted sm:text-sm">{label}</dt>
          <dd
            className={classNames(
              "mt-1 text-2xl font-semibold tabular-nums sm:text-3xl",
              urgent && "text-danger",
            )}
          >
            {value}
          </dd>
        </div>
      ))}
    </dl>
  )
}
