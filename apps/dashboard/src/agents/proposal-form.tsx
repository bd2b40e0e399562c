"use client"
import { useMutation } from "@tanstack/react-query"
import type { Proposal, ProposalChoice } from "@vibecaas/contract/proposal"
import type { StarterParameter } from "@vibecaas/contract/starter-form"
import { useRouter } from "next/navigation"
import type { ReactNode } from "react"
import { Form } from "../form/form.tsx"
import { useForm } from "../form/use-form.ts"
import { useSession } from "../shell/session.tsx"
import { ModelParameters } from "../starters/model-parameter.tsx"
import { ParameterField } from "../starters/parameter-field.tsx"
import { fieldOf, type TypedValues, typedOf, valuesOf } from "../starters/parameter-values.ts"
import { Button } from "../ui/button.tsx"
import { confirmProposal } from "./queries.ts"

interface ProposalFormProps {
  proposal: Proposal
  choice: ProposalChoice
  /** what else can be done, beside the button that confirms */
  children: ReactNode
}

/** The starter's parameters with the values that were read, and the button that has it built. */
export function ProposalForm({ proposal, choice, children }: ProposalFormProps) {
  const router = useRouter()
  const { offUnless, paths } = useSession()
  const confirm = useMutation(confirmProposal)
  const { parameters, read } = choice
  const off = offUnless("run:start", "decide on proposals")
  const bodyOf = (typed: TypedValues) => ({
    starter: { id: choice.starterId, parameters: valuesOf(parameters, typed) },
  })
  const form = useForm({
    values: typedOf(withValues(choice)),
    body: bodyOf,
    send: (_, typed) =>
      confirm.mutateAsync({ params: { proposalId: proposal.id }, body: bodyOf(typed) }),
    done: ({ projectId, runId }) => {
      window.scrollTo({ top: 0 })
      if (runId) router.push(paths.run(projectId, runId))
    },
    fieldFor: Object.fromEntries(
      parameters.map(({ name }) => [`starter/parameters/${name}`, fieldOf(name)]),
    ),
  })
  // What the prompt says comes first, in the order of the starter.
  const ordered = [...parameters].sort(
    (one, other) => Number(read.includes(other.name)) - Number(read.includes(one.name)),
  )
  return (
    <div className="contents">
      <ModelParameters
        parameters={withValues(choice)}
        form={form}
        language={proposal.language}
        before={proposal.before?.parameters}
      />
      <Form form={form} label="Confirm the proposal" className="contents">
        {ordered.map((parameter) => (
          <ParameterField
            key={parameter.name}
            parameter={parameter}
            form={form}
            language={proposal.language}
          />
        ))}
        <div className="sticky bottom-26 z-5 -mx-4 -mb-4 flex flex-wrap gap-2 border-t border-line bg-bg px-4 py-3 max-md:bottom-32">
          <Button
            type="submit"
            kind="main"
            off={off}
            busy={form.pending ? "Confirming" : undefined}
          >
            {proposal.before ? "Confirm and change" : "Confirm and build"}
          </Button>
          {children}
        </div>
      </Form>
    </div>
  )
}

/** The parameters as if each value were its default. */
const withValues = ({ parameters, values }: ProposalChoice): StarterParameter[] =>
  // Values come from the server, which has checked each against its parameter.
  parameters.map((parameter) => ({
    ...parameter,
    default: values[parameter.name] ?? parameter.default,
  })) as StarterParameter[]
