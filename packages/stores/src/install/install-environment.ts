const kept =
  /^(PATH|HOME|LANG|TMPDIR|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|(https?|no)_proxy|npm_config_.*)$/i

/**
 * Of an environment what npm, tar and unzip need: where programs and registries are, and whom this
 * computer trusts to speak for them. Nothing of it is the platform's.
 */
export function installEnvironment(of: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(of).flatMap(([name, value]) =>
      kept.test(name) && value !== undefined ? [[name, value]] : [],
    ),
  )
}
