import { readFile } from 'node:fs/promises';

/** A chat server under test, as a process of its own, with its listeners connected. */
export interface Contender {
  readonly name: string;
  readonly pid: number;
  connect(listeners: number): Promise<void>;
  /** Sends `count` messages from as many participants as there are, and waits until every listener has them all. */
  exchange(count: number): Promise<void>;
  close(): Promise<void>;
}

const TICKS_PER_SECOND = 100;

/** Processor time that a process has used so far, user and system. Seconds. */
export async function processorSeconds(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Counts what all listeners have received, and tells when it is all. */
export class Tally {
  #missing = 0;
  #done: (() => void) | undefined;

  expect(deliveries: number): Promise<void> {
    this.#missing += deliveries;
    return new Promise((resolve) => (this.#done = resolve));
  }

  count(): void {
    this.#missing -= 1;
    if (this.#missing === 0) this.#done?.();
  }
}

/** Source addresses for many sockets of one machine, so that a limit for each address is kept to. */
export function loopbackAddress(index: number): string {
  return `127.0.${1 + (index % 100)}.1`;
}
