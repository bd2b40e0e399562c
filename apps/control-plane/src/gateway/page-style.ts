/** The dashboard's tokens, as far as these pages need them. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --bg: light-dark(#ffffff, #131316);
  --bg-sunken: light-dark(#fafafb, #0f0f12);
  --fg: light-dark(#17171b, #ededf0);
  --fg-2: light-dark(#4d4d57, #b2b2bc);
  --fg-3: light-dark(#676772, #8f8f9b);
  --line: light-dark(#e7e7eb, #25252b);
  --line-2: light-dark(#d7d7dd, #363640);
  --focus: light-dark(#6a45e8, #9c86ff);
  --busy: light-dark(#1553b5, #88b6ff);
  --warn: light-dark(#824e00, #f0b655);
  --bad: light-dark(#b0211e, #ff938b);
  --off: light-dark(#4d4d57, #b2b2bc);
}
* { box-sizing: border-box; margin: 0; }
body {
  min-height: 100vh; min-height: 100dvh;
  display: grid; grid-template-rows: 1fr auto;
  background: var(--bg); color: var(--fg);
  font: 14px/20px "Inter Variable", Inter, system-ui, sans-serif;
}
main { width: 100%; max-width: 640px; margin: auto; padding: 32px 24px; display: grid; gap: 12px; min-width: 0; }
main > * { min-width: 0; }
h1 { font-size: 20px; line-height: 28px; font-weight: 600; letter-spacing: -.014em; text-wrap: balance; overflow-wrap: anywhere; }
h2 { font-size: 12px; line-height: 16px; font-weight: 500; color: var(--fg-3); margin-bottom: 8px; }
.state { display: inline-flex; align-items: center; gap: 8px; font-size: 13px; font-weight: 500; }
.busy { color: var(--busy); } .warn { color: var(--warn); } .bad { color: var(--bad); } .off { color: var(--off); }
.turn { transform-origin: 6px 6px; animation: turn 1s linear infinite; }
@keyframes turn { to { transform: rotate(360deg); } }
@media (prefers-reduced-motion: reduce) { .turn { animation: none; } }
.say { color: var(--fg-2); }
.evidence { color: var(--fg-3); font-size: 13px; overflow-wrap: anywhere; }
section { margin-top: 12px; }
pre {
  font: 12px/20px "JetBrains Mono Variable", "JetBrains Mono", ui-monospace, monospace;
  background: var(--bg-sunken); border: 1px solid var(--line); border-radius: 8px;
  padding: 12px 16px; max-height: 50vh; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere;
}
.button {
  display: inline-flex; align-items: center; height: 32px; padding: 0 12px; margin-top: 4px;
  border: 1px solid var(--line-2); border-radius: 8px; color: var(--fg); text-decoration: none; font-weight: 500;
}
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
footer { display: flex; align-items: center; justify-content: center; gap: 8px; padding: 16px; color: var(--fg-3); font-size: 12px; }
.mark { fill: var(--fg-3); } .mark-line { fill: none; stroke: var(--bg); stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
`

/**
 * Asks what the app is doing, shows what is new, and loads the page again when the app's state
 * changed. An app that claims to run but does not answer would make it load again at once, so loads
 * that follow each other closely wait longer and longer.
 */
export const pageScript = `
(() => {
  const memory = "vibecaas-loads";
  const read = () => { try { return JSON.parse(sessionStorage.getItem(memory)) || []; } catch { return []; } };
  const now = Date.now();
  const loads = [...read(), now].filter((at) => now - at < 30000).slice(-10);
  try { sessionStorage.setItem(memory, JSON.stringify(loads)); } catch {}
  const evidence = document.querySelector(".evidence");
  let seen;
  const ask = async () => {
    try {
      const answer = await fetch("/.vibecaas/state", { cache: "no-store" });
      const { state, detail } = await answer.json();
      if (state === "running" || (seen !== undefined && state !== seen)) return location.reload();
      if (evidence) evidence.textContent = detail || "";
      seen = state;
    } catch {}
    setTimeout(ask, 700);
  };
  setTimeout(ask, Math.min(8000, 200 * 1.6 ** (loads.length - 1)));
})();
`
