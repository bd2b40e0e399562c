import { CircleAlert } from "lucide-react"

/** What is wrong with a choice, below it. */
export function Refused({ error }: { error: string | undefined }) {
  if (!error) return null
  return (
    <p role="alert" className="flex gap-1.5 text-12 text-bad-fg">
      <CircleAlert aria-hidden="true" className="mt-px size-3.5 flex-none" />
      <span>{error}</span>
    </p>
  )
}
