"use client"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import type { OrganizationId } from "@vibecaas/contract/kinds/tenants"
import type { Plan } from "@vibecaas/contract/plans"
import { type FormEvent, useState } from "react"
import { call } from "../api/call.ts"
import { keys } from "../api/keys.ts"
import { problemOf } from "../api/problem.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { Field, inputLook, TextField } from "../ui/field.tsx"
import { Panel } from "../ui/panel.tsx"
import { useToast } from "../ui/toast.tsx"

const planNames: Record<Plan, string> = { starter: "Starter", pro: "Pro", team: "Team" }

/** Puts an organization on another plan; for administrators of the installation, who may for any. */
export function PlanPanel() {
  const { organization } = useSession()
  const [typed, setTyped] = useState<string>(organization.id)
  const [plan, setPlan] = useState<Plan>(organization.plan)
  const [complaint, setComplaint] = useState<string>()
  const change = useChangePlan()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (change.isPending) return
    const id = typed.trim()
    setComplaint(isOrganizationId(id) ? undefined : "This is not an organization's id.")
    if (isOrganizationId(id)) change.mutate({ id, plan })
  }
  return (
    <Panel
      title="Plans"
      footer="You administer this installation. What an organization has already stays, also above new limits."
    >
      <form onSubmit={submit} noValidate className="grid gap-4 p-4">
        <TextField
          label="Organization"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            setComplaint(undefined)
          }}
          className="mono"
          help="Yours, or the id that another one's settings show."
          error={complaint ?? (change.error ? problemOf(change.error).detail : undefined)}
        />
        <Field label="Plan">
          {(control) => (
            <select
              {...control}
              className={inputLook}
              value={plan}
              onChange={(event) => setPlan(event.target.value as Plan)} // its options are plans
            >
              {Object.entries(planNames).map(([value, name]) => (
                <option key={value} value={value}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <div>
          <Button type="submit" busy={change.isPending ? "Changing plan" : undefined}>
            Change plan
          </Button>
        </div>
      </form>
    </Panel>
  )
}

const isOrganizationId = (text: string): text is OrganizationId => /^org_[0-9a-z]{26}$/.test(text)

function useChangePlan() {
  const client = useQueryClient()
  const say = useToast()
  return useMutation({
    mutationFn: ({ id, plan }: { id: OrganizationId; plan: Plan }) =>
      call("PUT /organizations/{organizationId}/plan", {
        params: { organizationId: id },
        body: { plan },
      }),
    onSuccess: ({ plan }, { id }) => {
      say({ glyph: "done", title: `The plan is ${planNames[plan]} now` })
      void client.invalidateQueries({ queryKey: keys.me })
      void client.invalidateQueries({ queryKey: keys.organization(id) })
    },
  })
}
