import { attribute, html } from "../server/html.js"
import { layout } from "./layout.js"

const icons = {
  pause: html`<svg aria-hidden="true" viewBox="0 0 24 24"><path d="M9 5v14M15 5v14" /></svg>`,
  sound: html`<svg aria-hidden="true" viewBox="0 0 24 24"><path d="M4 10v4h4l5 4V6L8 10zM17 9a4 4 0 0 1 0 6" /></svg>`,
  heart: html`<svg aria-hidden="true" viewBox="0 0 24 24"><path d="M12 20 4.5 12.5a4.6 4.6 0 0 1 7.5-5 4.6 4.6 0 0 1 7.5 5z" /></svg>`,
}

export function gamePage(settings, best) {
  const { speed, lives, powerUps } = settings
  return layout({
    title: settings.title,
    scripts: html`<script type="module" src="/public/game.js"></script>`,
    body: html`<main class="game" data-game="${JSON.stringify({ speed, lives, powerUps })}">
  <header>
    <h1>${settings.title}</h1>
    <div class="buttons">
      <button class="round" type="button" data-sound aria-label="Sound">${icons.sound}</button>
      <button class="round" type="button" data-pause aria-label="Pause" hidden>${icons.pause}</button>
    </div>
  </header>
  <section class="board" aria-label="Game">
    <dl class="bar">
      <div><dt>Score</dt><dd><span data-score>0</span> <em data-combo></em></dd></div>
      <div><dt>Level</dt><dd data-level>1</dd></div>
      <div><dt>Lives</dt><dd class="lives">${icons.heart}<span data-lives>${lives}</span></dd></div>
    </dl>
    <div class="frame">
      <canvas data-field tabindex="0" role="img" aria-label="Field of bricks, a ball and a paddle. Arrow keys move, space launches, P pauses."></canvas>
      <p class="hint" data-hint hidden>Press space or tap to launch</p>
      ${cards()}
    </div>
    <p class="unseen" role="status" data-said></p>
    <noscript><p class="note">The game needs JavaScript. The high scores are below.</p></noscript>
  </section>
  ${sideColumn(settings, best)}
</main>`,
  })
}

function cards() {
  return html`<div class="card" data-card="start">
  <h2>Ready?</h2>
  <p>Break every brick and keep the ball in play. Bricks in a row without the paddle count more and more.</p>
  <button class="button main" type="button" data-begin>Play</button>
</div>
<div class="card" data-card="paused" hidden>
  <h2>Paused</h2>
  <button class="button main" type="button" data-resume>Go on</button>
  <button class="button" type="button" data-begin>Start again</button>
</div>
<div class="card" data-card="cleared" hidden>
  <h2>Level cleared</h2>
  <p>The next one is a little faster.</p>
  <button class="button main" type="button" data-next>Next level</button>
</div>
<form class="card" data-card="over" data-save hidden>
  <h2>Game over</h2>
  <p class="final" data-final>0</p>
  <label for="name">Your name for the list</label>
  <input id="name" data-name maxlength="20" required autocomplete="nickname">
  <p class="problem" role="alert" data-problem></p>
  <button class="button main">Save score</button>
  <button class="button" type="button" data-begin>Play again</button>
</form>`
}

function sideColumn({ powerUps }, best) {
  return html`<aside>
  <section>
    <h2>High scores</h2>
    <p class="quiet" data-no-scores${attribute("hidden", best.length > 0)}>Nobody is on the list yet. The first place is free.</p>
    <ol class="scores" data-scores>${best.map(
      ({ name, score, level }) =>
        html`<li><span class="name">${name}</span><span class="level">Level ${level}</span><span class="points">${score.toLocaleString("en")}</span></li>`,
    )}</ol>
  </section>
  <section>
    <h2>How to play</h2>
    <dl class="keys">
      <dt><kbd>←</kbd> <kbd>→</kbd></dt><dd>or mouse, or finger: move</dd>
      <dt><kbd>Space</kbd></dt><dd>or tap: launch the ball</dd>
      <dt><kbd>P</kbd></dt><dd>pause</dd>
    </dl>
    ${
      powerUps &&
      html`<dl class="keys drops"><dt><b>↔</b></dt><dd>wider paddle</dd><dt><b>3</b></dt><dd>three balls</dd><dt><b>½</b></dt><dd>slower ball</dd><dt><b>+</b></dt><dd>one more life</dd></dl>`
    }
  </section>
</aside>`
}
