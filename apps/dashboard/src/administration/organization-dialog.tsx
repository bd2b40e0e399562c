"use client"
import { useMutation } from "@tanstack/react-query"
import type {
  PlatformOrganization,
  PlatformOrganizationDetail,
} from "@vibecaas/contract/kinds/administration"
import type { Plan } from "@vibecaas/contract/plans"
import { useState } from "react"
import { problemOf } from "../api/problem.ts"
import { Refusal } from "../form/refusal.tsx"
import { Button } from "../ui/button.tsx"
import { CopyId } from "../ui/copy-id.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { Note } from "../ui/note.tsx"
import { Properties, Property } from "../ui/panel.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { Select } from "../ui/select.tsx"
import { SkeletonLines } from "../ui/skeleton.tsx"
import { useToast } from "../ui/toast.tsx"
import { LimitList } from "./limit-list.tsx"
import { enableOrganization, setPlan, useOrganization } from "./queries.ts"
import { DisableOrganization } from "./reason-forms.tsx"

interface OrganizationDialogProps {
  organization: PlatformOrganization
  open: boolean
  onClose(): void
}

/** One organization: its plan and limits, its people, and whether it is open. */
export function OrganizationDialog({ organization, open, onClose }: OrganizationDialogProps) {
  return (
    <Dialog wide open={open} onClose={onClose} title={organization.name}>
      {open ? <Opened id={organization.id} onClose={onClose} /> : null}
    </Dialog>
  )
}

function Opened({ id, onClose }: { id: PlatformOrganization["id"]; onClose(): void }) {
  const organization = useOrganization(id)
  const [disabling, setDisabling] = useState(false)
  return (
    <ReadBody
      of={organization}
      failed="The organization could not be loaded"
      skeleton={<SkeletonLines what="organization" />}
    >
      {(data) =>
        disabling ? (
          <DisableOrganization organization={data} onDone={() => setDisabling(false)} />
        ) : (
          <>
            <Facts organization={data} />
            <LimitList organization={data} />
            <People people={data.people} />
            <div className="-mx-5 -mb-5 flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">
              <OpenOrClosed organization={data} onDisable={() => setDisabling(true)} />
              <Button onClick={onClose}>Close</Button>
            </div>
          </>
        )
      }
    </ReadBody>
  )
}

function Facts({ organization }: { organization: PlatformOrganizationDetail }) {
  const { disabled } = organization
  return (
    <>
      {disabled ? (
        <Note tone="bad" title="Disabled.">
          By {disabled.byName}, <RelativeTime at={disabled.at} />: {disabled.reason}
        </Note>
      ) : null}
      <div className="-mx-4">
        <Properties>
          <Property name="Id">
            <CopyId id={organization.id} noun="organization id" />
          </Property>
          <Property name="Address">{organization.slug}</Property>
          <Property name="Plan">
            <PlanChoice organization={organization} />
          </Property>
        </Properties>
      </div>
    </>
  )
}

const planNames: Record<Plan, string> = { starter: "Starter", pro: "Pro", team: "Team" }
const plans = (Object.keys(planNames) as Plan[]).map((value) => ({
  ...{ value, label: planNames[value] },
}))

function PlanChoice({ organization }: { organization: PlatformOrganizationDetail }) {
  const say = useToast()
  const change = useMutation(setPlan)
  const params = { organizationId: organization.id }
  return (
    <Select<Plan>
      label="Plan"
      className="w-44"
      value={change.isPending ? change.variables.body.plan : organization.plan}
      options={plans}
      onChange={(plan) =>
        change.mutate(
          { params, body: { plan } },
          {
            onSuccess: () => say({ glyph: "done", title: `The plan is ${planNames[plan]} now` }),
            onError: (error) =>
              say({
                ...{ glyph: "bad", title: "The plan was not changed" },
                detail: problemOf(error).detail,
              }),
          },
        )
      }
    />
  )
}

function People({ people }: Pick<PlatformOrganizationDetail, "people">) {
  return (
    <section className="grid gap-1.5 text-13">
      <h3 className="font-medium text-fg">People</h3>
      <ul aria-label="People" className="grid max-h-40 gap-1 overflow-y-auto">
        {people.map(({ id, name, email, role }) => (
          <li key={id} className="[overflow-wrap:anywhere]">
            {name} <span className="text-fg-3">{email}</span> as {role}
          </li>
        ))}
      </ul>
    </section>
  )
}

interface OpenOrClosedProps {
  organization: PlatformOrganizationDetail
  onDisable(): void
}

function OpenOrClosed({ organization, onDisable }: OpenOrClosedProps) {
  const enable = useMutation(enableOrganization)
  if (!organization.disabled)
    return (
      <Button kind="bad-quiet" onClick={onDisable}>
        Disable
      </Button>
    )
  const params = { organizationId: organization.id }
  return (
    <>
      <Refusal problem={enable.error ? problemOf(enable.error) : undefined} />
      <Button
        busy={enable.isPending ? "Enabling" : undefined}
        onClick={() => enable.mutate({ params, body: {} })}
      >
        Enable
      </Button>
    </>
  )
}
