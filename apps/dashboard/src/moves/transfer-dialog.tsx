"use client"
import { useMutation } from "@tanstack/react-query"
import type { TransferCheck } from "@vibecaas/contract/kinds/moves"
import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Organization } from "@vibecaas/contract/kinds/tenants"
import { useState } from "react"
import { TypedNameForm } from "../form/typed-name-form.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { Field } from "../ui/field.tsx"
import { Note } from "../ui/note.tsx"
import { Select } from "../ui/select.tsx"
import { SkeletonLines } from "../ui/skeleton.tsx"
import { useToast } from "../ui/toast.tsx"
import { quotaAmount } from "../usage/usage-words.ts"
import { transferProject, useTransferCheck } from "./queries.ts"

interface TransferProps {
  project: Project
  /** organizations that it could be given to */
  others: readonly Pick<Organization, "id" | "name" | "slug">[]
  open: boolean
  onClose(): void
}

/** Says what a transfer needs and takes away, and asks for it. */
export function TransferDialog({ project, others, open, onClose }: TransferProps) {
  const [to, setTo] = useState(others[0]?.id)
  const check = useTransferCheck(project.id, open ? to : undefined)
  const again = () => check.refetch()
  return (
    <Dialog open={open} onClose={onClose} title={`Transfer ${project.name}`} wide>
      {to ? (
        <Field label="To the organization">
          {(control) => (
            <Select
              {...control}
              value={to}
              options={others.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(id) => setTo(others.find((each) => each.id === id)?.id)}
            />
          )}
        </Field>
      ) : null}
      {check.error ? (
        <ErrorPanel title="What it needs could not be read" error={check.error} onRetry={again} />
      ) : null}
      {check.isPending ? <SkeletonLines what="what it needs" /> : null}
      {check.data ? <Checked check={check.data} /> : null}
      {check.data?.fits && to ? (
        <TransferForm {...{ project, to, check: check.data, onClose }} />
      ) : null}
    </Dialog>
  )
}

function Checked({ check }: { check: TransferCheck }) {
  return (
    <>
      {check.blocks.map((sentence) => (
        <Note key={sentence} tone="bad">
          {sentence}
        </Note>
      ))}
      <Needs check={check} />
      <section className="grid gap-1.5 text-13">
        <h3 className="font-medium text-fg">What changes</h3>
        <ul className="grid list-disc gap-1 pl-4">
          {check.loses.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </section>
    </>
  )
}

function Needs({ check: { lines, organization } }: { check: TransferCheck }) {
  if (lines.length === 0) return null
  return (
    <table className="w-full text-13">
      <caption className="pb-1.5 text-left font-medium text-fg">
        What it needs of {organization.name}
      </caption>
      <thead className="text-left text-12 text-fg-3">
        <tr>
          <th className="py-1 font-normal">Limit</th>
          <th className="py-1 text-right font-normal">Needs</th>
          <th className="py-1 text-right font-normal">In use</th>
          <th className="py-1 text-right font-normal">Allowed</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ resource, name, needed, used, limit, fits }) => (
          <tr key={resource} className={fits ? undefined : "font-medium text-bad-fg"}>
            <td className="border-t border-line py-1">
              {name}
              {fits ? null : " (does not fit)"}
            </td>
            <td className="border-t border-line py-1 text-right whitespace-nowrap tabular-nums">
              {quotaAmount(resource, needed)}
            </td>
            <td className="border-t border-line py-1 text-right whitespace-nowrap tabular-nums">
              {quotaAmount(resource, used)}
            </td>
            <td className="border-t border-line py-1 text-right whitespace-nowrap tabular-nums">
              {quotaAmount(resource, limit)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface FormProps {
  project: Project
  to: Organization["id"]
  check: TransferCheck
  onClose(): void
}

function TransferForm({ project, to, check, onClose }: FormProps) {
  const say = useToast()
  const send = useMutation(transferProject)
  const { id, name } = project
  return (
    <TypedNameForm
      {...{ name, noun: "project", onClose }}
      label={`Transfer ${name}`}
      words={{ do: "Transfer project", doing: "Asking for the transfer" }}
      onSend={(typed) => send.mutateAsync({ params: { projectId: id }, body: { to, name: typed } })}
      onDone={() => {
        const title = `${name} goes to ${check.organization.name}`
        say({ glyph: "done", title, detail: "Its app stops, and starts again there." })
        onClose()
      }}
    />
  )
}
