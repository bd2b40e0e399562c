"use client"
import { useMutation } from "@tanstack/react-query"
import type { PlatformOrganizationDetail } from "@vibecaas/contract/kinds/administration"
import { useState } from "react"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { Button } from "../ui/button.tsx"
import { TextField } from "../ui/field.tsx"
import { setLimit } from "./queries.ts"

/** What a limit may be of: what is in use at a time, or how often something is done. */
type Limited = PlatformOrganizationDetail["rates"][number] & { used?: number }

/** What an organization uses of each limit; each can be another one than its plan's. */
export function LimitList({ organization }: { organization: PlatformOrganizationDetail }) {
  const [changing, setChanging] = useState<string>()
  const limited: Limited[] = [...organization.quotas, ...organization.rates]
  return (
    <section className="grid gap-1.5 text-13">
      <h3 className="font-medium text-fg">Limits</h3>
      <ul aria-label="Limits" className="grid">
        {limited.map((quota) => (
          <li key={quota.resource} className="border-b border-line py-1.5 last:border-b-0">
            <div className="flex flex-wrap items-center justify-between gap-2">
              <span>
                {quota.name}{" "}
                <span className="text-fg-3 tabular-nums">
                  {quota.used === undefined ? "up to" : `${words(quota.used)} of`}{" "}
                  {words(quota.limit)}
                  {quota.own ? `, its own limit; the plan has ${words(quota.planLimit)}` : ""}
                </span>
              </span>
              <Button
                size="sm"
                kind="ghost"
                aria-label={`Change limit of ${quota.name}`}
                onClick={() => setChanging(quota.resource)}
              >
                Change
              </Button>
            </div>
            {changing === quota.resource ? (
              <LimitForm
                organization={organization}
                quota={quota}
                onDone={() => setChanging(undefined)}
              />
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

const words = (amount: number) => amount.toLocaleString("en")

interface LimitFormProps {
  organization: PlatformOrganizationDetail
  quota: Limited
  onDone(): void
}

function LimitForm({ organization, quota, onDone }: LimitFormProps) {
  const change = useMutation(setLimit)
  const params = { organizationId: organization.id }
  const { resource } = quota
  const bodyOf = ({ limit }: { limit: string }) => ({
    resource,
    limit: limit.trim() === "" ? null : Number(limit),
  })
  const form = useForm<{ limit: string }, unknown>({
    values: { limit: String(quota.limit) },
    body: bodyOf,
    schema: () => schemaOf("PUT /platform/organizations/{organizationId}/limit"),
    send: (_, typed) => change.mutateAsync({ params, body: bodyOf(typed) }),
    done: onDone,
  })
  return (
    <Form form={form} label={`Limit of ${quota.name}`} className="pt-2">
      <TextField
        label={quota.name}
        inputMode="numeric"
        help={`Empty: what the plan has, ${words(quota.planLimit)}. What is there already stays.`}
        {...form.text("limit")}
      />
      <div className="flex gap-2">
        <Button type="submit" size="sm" busy={form.pending ? "Changing" : undefined}>
          Change limit
        </Button>
        <Button size="sm" kind="ghost" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </Form>
  )
}
