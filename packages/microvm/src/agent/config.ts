/** What the driver tells the agent on its command line, as JSON. */
export interface AgentConfig {
  /** the real directories behind /workspace, /data and /tmp; the same names where mounts are possible */
  roots: { workspace: string; data: string; tmp: string }
  /** where layers are seen; null where the driver shows none */
  layers: string | null
  /** environment of every command and of the app */
  env: Record<string, string>
  /** the host's network is shared: only ports handed out by us may be connected to */
  sharedNetwork: boolean
  /** no other machine or person runs processes under this uid outside our view: all may be killed */
  ownsUid: boolean
}

/** Why the agent refuses or could not do what was asked; the host turns codes into sentences. */
export class Refusal extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}
