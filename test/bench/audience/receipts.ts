import { Delays } from './delays.ts';

/** When things were sent, and how long they took to everybody. */
export class Receipts {
  readonly chat = new Delays();
  readonly vote = new Delays();
  readonly wrong: string[] = [];
  refused = 0;
  readonly #sentAt: number[] = [];

  /** Message `number` is on its way from now. */
  sendChat(number: number): void {
    this.#sentAt[number] = performance.now();
  }

  hearChat(number: number): void {
    this.chat.add(performance.now() - (this.#sentAt[number] ?? Number.NaN));
  }

  refuse(why: string): void {
    this.refused += 1;
    if (this.wrong.length < 5) this.wrong.push(why);
  }
}

/** The number that starts at `start`. */
export function readDigits(bytes: Buffer, start: number): number {
  let number = 0;
  for (let place = start; ; place += 1) {
    const digit = (bytes[place] ?? 0) - 48;
    if (digit < 0 || digit > 9) return number;
    number = number * 10 + digit;
  }
}
