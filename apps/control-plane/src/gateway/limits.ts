/** What one visitor, and one site, may use of the gateway. */
export interface GatewayLimits {
  /** largest request body in bytes */
  bodyBytesMax: number
  /** largest block of headers of an app's answer, in bytes */
  answerHeaderBytesMax: number
  /** requests and sockets of one site at the same time */
  connectionsPerSite: number
  /** longest wait for a stream to the app, in `ms` */
  connectMs: number
  /** longest wait for an app's first bytes, in `ms` */
  firstByteMs: number
  /** an exchange in which nobody says anything for this long is ended, in `ms` */
  silenceMs: number
  /** how often a visitor's right to a private site is asked for again, in `ms` */
  recheckMs: number
}

export const defaultLimits: GatewayLimits = {
  bodyBytesMax: 50 * 1024 * 1024,
  answerHeaderBytesMax: 32 * 1024,
  connectionsPerSite: 96,
  connectMs: 10_000,
  firstByteMs: 60_000,
  silenceMs: 30 * 60_000,
  recheckMs: 30_000,
}
