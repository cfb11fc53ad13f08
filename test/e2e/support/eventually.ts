const POLL_MS = 100;

/** Waits until `question` answers with something that `holds`; fails with the last answer when the time is over. */
export async function eventually<T>(
  what: string,
  question: () => Promise<T> | T,
  holds: (answer: T) => boolean,
  limitMs = 15_000,
): Promise<T> {
  const end = performance.now() + limitMs;
  for (;;) {
    const answer = await question();
    if (holds(answer)) return answer;
    if (performance.now() > end) throw new Error(`${what}: not within ${limitMs} ms; last: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
