/** Where an operator's own PostgreSQL is, and whom we are there. */
export interface OperatorServer {
  /** folder of its socket, or where it listens by TCP */
  at: { socket: string; port: number } | { host: string; port: number; tls: TlsMode }
  user: string
  password: string
  /** the database that is entered for what concerns no store */
  database: string
}

export const tlsModes = ["disable", "prefer", "require", "verify-full"] as const
export type TlsMode = (typeof tlsModes)[number]

/** @param text `postgresql://user:password@host:port/database`, or with `?host=/folder` of a socket */
export function readOperatorUrl(text: string): OperatorServer {
  const url = new URL(text)
  const [user, password, database] = [url.username, url.password, url.pathname.slice(1)].map(
    decodeURIComponent,
  )
  const port = Number(url.port || url.searchParams.get("port") || 5432)
  const folder = url.searchParams.get("host")
  const mode = url.searchParams.get("sslmode")
  const tls = tlsModes.find((each) => each === mode) ?? "prefer"
  const host = url.hostname.replace(/^\[|\]$/g, "") || "127.0.0.1"
  return {
    at: folder?.startsWith("/") ? { socket: folder, port } : { host, port, tls },
    ...{ user: user || "postgres", password: password ?? "", database: database || "postgres" },
  }
}
