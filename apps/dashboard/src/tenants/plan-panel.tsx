"use client"
import { useMutation } from "@tanstack/react-query"
import type { OrganizationId } from "@vibecaas/contract/kinds/tenants"
import type { Plan } from "@vibecaas/contract/plans"
import { act } from "../api/act.ts"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { Field, TextField } from "../ui/field.tsx"
import { Panel } from "../ui/panel.tsx"
import { Select } from "../ui/select.tsx"
import { useToast } from "../ui/toast.tsx"

const planNames: Record<Plan, string> = { starter: "Starter", pro: "Pro", team: "Team" }
const plans: readonly Plan[] = ["starter", "pro", "team"]

interface Typed {
  id: string
  plan: Plan
}

/** Puts an organization on another plan; for administrators of the installation, who may for any. */
export function PlanPanel() {
  const { organization } = useSession()
  const say = useToast()
  const change = useMutation(changePlan)
  const form = useForm({
    values: { id: organization.id, plan: organization.plan } as Typed, // typed may be anything
    body: ({ plan }) => ({ plan }),
    schema: () => schemaOf("PUT /organizations/{organizationId}/plan"),
    send: (_, { id, plan }) =>
      change.mutateAsync({ params: { organizationId: idIn(id) }, body: { plan } }),
    done: ({ plan }) => say({ glyph: "done", title: `The plan is ${planNames[plan]} now` }),
    check: ({ id }) => ({
      id: idPattern.test(id.trim()) ? undefined : "This is not an organization's id.",
    }),
    guarded: true,
  })
  return (
    <Panel
      title="Plans"
      footer="You administer this installation. What an organization has already stays, also above new limits."
    >
      <Form form={form} label="Change plan" className="p-4">
        <TextField
          label="Organization"
          className="mono"
          help="Yours, or the id that another one's settings show."
          {...form.text("id")}
        />
        <Field label="Plan" error={form.errorAt("plan")}>
          {(control) => (
            <Select
              {...control}
              value={form.state.watch("plan")}
              options={plans.map((value) => ({ value, label: planNames[value] }))}
              onChange={(plan) => form.state.setValue("plan", plan, { shouldDirty: true })}
            />
          )}
        </Field>
        <div>
          <Button type="submit" busy={form.pending ? "Changing plan" : undefined}>
            Change plan
          </Button>
        </div>
      </Form>
    </Panel>
  )
}

const idPattern = /^org_[0-9a-z]{26}$/
const idIn = (typed: string) => typed.trim() as OrganizationId // `check` saw that it is one

const changePlan = act("PUT /organizations/{organizationId}/plan", {
  renews: ({ params }) => ["GET /me", ["GET /organizations/{organizationId}/*", params]],
})
