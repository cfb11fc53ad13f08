/** Chromium's: chooses the loudspeaker of a context. */
interface RoutableContext extends AudioContext {
  setSinkId?(id: string): Promise<void>;
}

const NOTES_HERTZ = [523.25, 659.25, 783.99];
const NOTE_SECONDS = 0.22;
const LOUDNESS = 0.18;

/** Plays three short notes on the loudspeaker of that id, or on the system's own. Resolves when they have sounded. */
export async function playTestSound(speakerId: string | null): Promise<void> {
  const context: RoutableContext = new AudioContext();
  try {
    // A loudspeaker that is gone must not silence the test.
    if (speakerId !== null && speakerId !== '') await context.setSinkId?.(speakerId).catch(() => undefined);
    await context.resume();
    const start = context.currentTime + 0.05;
    const last = NOTES_HERTZ.map((hertz, index) => createNote(context, hertz, start + index * NOTE_SECONDS)).at(-1);
    await new Promise((resolve) => last?.addEventListener('ended', resolve, { once: true }));
  } finally {
    await context.close();
  }
}

function createNote(context: AudioContext, hertz: number, start: number): OscillatorNode {
  const note = new OscillatorNode(context, { frequency: hertz });
  const envelope = new GainNode(context, { gain: 0 });
  envelope.gain.setValueAtTime(0, start);
  envelope.gain.linearRampToValueAtTime(LOUDNESS, start + 0.02);
  envelope.gain.exponentialRampToValueAtTime(0.001, start + NOTE_SECONDS * 1.6);
  note.connect(envelope).connect(context.destination);
  note.start(start);
  note.stop(start + NOTE_SECONDS * 1.7);
  return note;
}
