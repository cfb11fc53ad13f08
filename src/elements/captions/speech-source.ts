import type { CaptionInput } from '../../protocol/index.ts';

/** The part of the browser's speech recognition that is used here; the types of the DOM do not know it. */
interface Recognition extends EventTarget {
  continuous: boolean;
  interimResults: boolean;
  lang: string;
  start(): void;
  abort(): void;
}

interface RecognitionResults extends Event {
  readonly resultIndex: number;
  readonly results: ArrayLike<ArrayLike<{ readonly transcript: string }> & { readonly isFinal: boolean }>;
}

interface RecognitionError extends Event {
  readonly error: string;
}

interface RecognisingWindow {
  readonly SpeechRecognition?: new () => Recognition;
  readonly webkitSpeechRecognition?: new () => Recognition;
}

const findRecognition = () => {
  const window = globalThis as typeof globalThis & RecognisingWindow;
  return window.SpeechRecognition ?? window.webkitSpeechRecognition;
};

/** Whether this browser turns speech into text by itself. */
export const canRecogniseSpeech = (): boolean => findRecognition() !== undefined;

const FATAL = ['not-allowed', 'service-not-allowed', 'audio-capture', 'language-not-supported'];

/** Turns what the microphone hears into captions, until the signal aborts. `handleFailed` says why it ended by itself. */
export function recogniseSpeech(
  language: string,
  signal: AbortSignal,
  handleCaption: (caption: CaptionInput) => void,
  handleFailed: (reason: string) => void,
): void {
  const Recognition = findRecognition();
  if (!Recognition || signal.aborted) return;
  const session = crypto.randomUUID().slice(0, 8);
  let run = 0;
  let failure: string | undefined;
  const recognition = new Recognition();
  recognition.continuous = true;
  recognition.interimResults = true;
  recognition.lang = language;
  recognition.addEventListener('result', (event) => {
    const { resultIndex, results } = event as RecognitionResults;
    for (let index = resultIndex; index < results.length; index += 1) {
      const result = results[index];
      const text = result?.[0]?.transcript.trim().slice(0, 500) ?? '';
      if (result === undefined || text === '') continue;
      handleCaption({ segmentId: `${session}-${run}-${index}`, text, final: result.isFinal, language });
    }
  });
  recognition.addEventListener('error', (event) => {
    const { error } = event as RecognitionError;
    if (FATAL.includes(error)) failure = error;
  });
  recognition.addEventListener('end', () => {
    if (signal.aborted) return;
    if (failure !== undefined) return handleFailed(failure);
    // Browsers end it after a while of silence.
    run += 1;
    recognition.start();
  });
  signal.addEventListener('abort', () => recognition.abort(), { once: true });
  recognition.start();
}
