/** @typedef {{ log: (line: string) => void }} StepLog */

const stillAfterMs = 15_000;

/** @param {number} startedAt */
const elapsed = (startedAt) => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;

/** @param {string} line */
export const say = (line) => void process.stdout.write(`${line}\n`);

/**
 * Says what is being done, that it is still being done, and how long it took.
 * @template T
 * @param {string} title
 * @param {(log: StepLog) => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const startedAt = performance.now();
  say(`· ${title} …`);
  const still = setInterval(() => say(`  … still: ${title} (${elapsed(startedAt)})`), stillAfterMs);
  /** @param {string} line */
  const log = (line) => {
    still.refresh();
    say(`  ${line}`);
  };
  try {
    const result = await work({ log });
    say(`✓ ${title} (${elapsed(startedAt)})`);
    return result;
  } catch (error) {
    say(`✗ ${title} failed after ${elapsed(startedAt)}`);
    throw error;
  } finally {
    clearInterval(still);
  }
}

/** A failure that the reader can act on: shown without a stack. */
export class SetUpError extends Error {
  /**
   * @param {string} message what happened
   * @param {string} [advice] what to do about it
   */
  constructor(message, advice) {
    super(message);
    this.name = 'SetUpError';
    this.advice = advice;
  }
}

/**
 * Shows a failure and leaves a failing exit code.
 * @param {unknown} error
 */
export function reportFailure(error) {
  if (error instanceof SetUpError) {
    process.stderr.write(`\n${error.message}\n${error.advice ? `${error.advice}\n` : ''}`);
  } else {
    process.stderr.write(`\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  }
  process.exitCode = 1;
}
