// Short tones, off until somebody turns them on.

const tones = {
  wall: [220, 0.03],
  paddle: [330, 0.05],
  crack: [440, 0.05],
  break: [560, 0.07],
  caught: [880, 0.15],
  cleared: [990, 0.35],
  lost: [110, 0.4],
}

export function makeSound(button) {
  let audio
  const show = () => button.setAttribute("aria-pressed", String(Boolean(audio)))
  button.addEventListener("click", () => {
    audio?.close()
    audio = audio ? undefined : new AudioContext()
    show()
  })
  show()
  return (events) => {
    if (!audio) return
    for (const { kind } of events.slice(0, 3)) play(audio, tones[kind])
  }
}

function play(audio, [pitch, seconds]) {
  const tone = audio.createOscillator()
  const volume = audio.createGain()
  tone.type = "triangle"
  tone.frequency.value = pitch
  volume.gain.setValueAtTime(0.12, audio.currentTime)
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + seconds)
  tone.connect(volume).connect(audio.destination)
  tone.start()
  tone.stop(audio.currentTime + seconds)
}
