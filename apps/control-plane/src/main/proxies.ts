const names = ["http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"]

/** Proxies that a network wants to be asked through, by the names that programs agree on. */
export function proxiesIn(env: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])))
}
