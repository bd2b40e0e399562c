"use client"
import { useMutation, useQuery } from "@tanstack/react-query"
import type { Proposal, ProposalChoice } from "@vibecaas/contract/proposal"
import Link from "next/link"
import { useState } from "react"
import { itemsIn } from "../api/kept.ts"
import { problemOf } from "../api/problem.ts"
import { Refusal } from "../form/refusal.tsx"
import { useSession } from "../shell/session.tsx"
import { useStarters } from "../starters/queries.ts"
import { Button } from "../ui/button.tsx"
import { buttonLook } from "../ui/button-look.ts"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { Note } from "../ui/note.tsx"
import { Panel } from "../ui/panel.tsx"
import { Select } from "../ui/select.tsx"
import { Loading, Skeleton } from "../ui/skeleton.tsx"
import { ProposalAccount } from "./proposal-account.tsx"
import { ProposalCards } from "./proposal-cards.tsx"
import { ProposalForm } from "./proposal-form.tsx"
import { choiceOf, declineProposal } from "./queries.ts"

interface ProposalProps {
  proposal: Proposal
  /** puts the prompt back into the field where it is written */
  onChange(prompt: string): void
}

/** What starters can make of a prompt, for a person to confirm; or why nothing can be built. */
export function ProposalPanel({ proposal, onChange }: ProposalProps) {
  const change = () => onChange(proposal.goal)
  if (proposal.state === "declined")
    return (
      <section aria-label="Proposal" lang={proposal.language} className="grid gap-3">
        <Note tone="warn" title={`“${proposal.goal}”`}>
          {proposal.reason ?? <span lang="en">This proposal was declined.</span>}
        </Note>
        <div lang="en" className="flex flex-wrap gap-2">
          <Button onClick={change}>Change the prompt</Button>
          <ModelLink proposal={proposal} />
        </div>
      </section>
    )
  return <Waiting key={proposal.id} proposal={proposal} onChange={onChange} />
}

interface ModelLinkProps {
  proposal: Proposal
  className?: string
}

/** To the form of the data model, where the app that would be changed has one. */
function ModelLink({ proposal, className }: ModelLinkProps) {
  const { paths } = useSession()
  if (!keepsRecords(proposal)) return null
  return (
    <Link href={paths.dataModel(proposal.projectId)} className={buttonLook({ className })}>
      Change the data model
    </Link>
  )
}

const keepsRecords = ({ before }: Proposal) =>
  Object.values(before?.parameters ?? {}).some(
    (value) => typeof value === "object" && value !== null && "entities" in value,
  )

function Waiting({ proposal, onChange }: ProposalProps) {
  const [id, setId] = useState(proposal.choices[0]?.starterId ?? "")
  const own = proposal.choices.find(({ starterId }) => starterId === id)
  const other = useQuery({ ...choiceOf(proposal.id, id), enabled: own === undefined && id !== "" })
  const choice = own ?? other.data
  return (
    <Panel title={proposal.before ? "What would change" : "What would be built"}>
      {/* A column, not a grid: what sticks in one can stick anywhere in it. */}
      <div className="flex flex-col gap-5 p-4">
        <p className="text-13 [overflow-wrap:anywhere] text-fg-2">“{proposal.goal}”</p>
        {proposal.before ? null : (
          <>
            {proposal.choices.length > 0 ? (
              <ProposalCards choices={proposal.choices} chosen={id} onChoose={setId} />
            ) : null}
            <OtherStarter choices={proposal.choices} chosen={id} onChoose={setId} />
          </>
        )}
        {id === "" ? (
          <>
            <Note tone="warn" title="Nothing to confirm is left">
              The starters that were found for this prompt are gone. Change the prompt, or decline.
            </Note>
            <div className="flex flex-wrap gap-2">
              <Decisions proposal={proposal} onChange={onChange} />
            </div>
          </>
        ) : choice ? (
          <Choice key={choice.starterId} {...{ proposal, choice, onChange }} />
        ) : other.error ? (
          <ErrorPanel
            title="This starter could not be looked at"
            error={other.error}
            onRetry={() => other.refetch()}
          />
        ) : (
          <div className="grid gap-3">
            <Loading what="starter" />
            <Skeleton className="w-3/5" />
            <Skeleton className="w-4/5" />
          </div>
        )}
      </div>
    </Panel>
  )
}

interface ChoiceProps extends ProposalProps {
  choice: ProposalChoice
}

function Choice({ proposal, choice, onChange }: ChoiceProps) {
  return (
    <>
      <ProposalAccount choice={choice} language={proposal.language} />
      {choice.clauses.some(({ built }) => !built) ? (
        <ModelLink proposal={proposal} className="self-start" />
      ) : null}
      <ProposalForm proposal={proposal} choice={choice}>
        <Decisions proposal={proposal} onChange={onChange} />
      </ProposalForm>
    </>
  )
}

/** What can be done with a proposal but to confirm it. */
function Decisions({ proposal, onChange }: ProposalProps) {
  const off = useSession().offUnless("run:start", "decide on proposals")
  const decline = useMutation(declineProposal)
  return (
    <>
      <Button onClick={() => onChange(proposal.goal)}>Change the prompt</Button>
      <Button
        kind="ghost"
        off={off}
        busy={decline.isPending ? "Declining" : undefined}
        onClick={() => decline.mutate({ params: { proposalId: proposal.id } })}
      >
        Decline
      </Button>
      {decline.error ? (
        <div className="basis-full">
          <Refusal problem={problemOf(decline.error)} />
        </div>
      ) : null}
    </>
  )
}

interface OtherProps {
  choices: readonly ProposalChoice[]
  chosen: string
  onChoose(starterId: string): void
}

/** Any of the platform's starters that was not found for the prompt: plans know no others. */
function OtherStarter({ choices, chosen, onChoose }: OtherProps) {
  const starters = useStarters({ search: "", category: undefined, tag: undefined }, 100)
  const found = choices.map(({ starterId }) => starterId)
  const rest = itemsIn(starters.data).filter(({ id, own }) => !own && !found.includes(id))
  if (rest.length === 0) return null
  return (
    <Select
      label="Another starter"
      value={found.includes(chosen) ? "" : chosen}
      options={[
        { value: "", label: "Another starter" },
        ...rest.map(({ id, name }) => ({ value: id as string, label: name.en })),
      ]}
      onChange={(id) => onChoose(id === "" ? (found[0] ?? "") : id)}
      className="w-auto self-start"
    />
  )
}
