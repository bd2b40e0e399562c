import { usage } from "./surroundings.ts"

/** What a shell completes the program's first word and its options by. */
export function completionFor(
  shell: string,
  { commands, options }: { commands: readonly string[]; options: readonly string[] },
): string {
  const first = [...commands, "completion", "help"].join(" ")
  const flags = options.map((name) => `--${name}`).join(" ")
  if (shell === "bash") return bash(first, flags)
  if (shell === "zsh") return `autoload -U bashcompinit && bashcompinit\n${bash(first, flags)}`
  throw usage("Say completion bash or completion zsh.")
}

const bash = (first: string, flags: string) => `_vibecaas() {
  local word="\${COMP_WORDS[COMP_CWORD]}"
  if [ "$COMP_CWORD" = 1 ]; then
    COMPREPLY=($(compgen -W "${first}" -- "$word"))
  else
    COMPREPLY=($(compgen -W "${flags}" -- "$word"))
  fi
}
complete -F _vibecaas vibecaas
`
