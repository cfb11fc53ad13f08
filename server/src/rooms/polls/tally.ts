import {
  foldWord,
  type PollAnswer,
  type PollDefinition,
  type PollId,
  type PollTally,
} from '../../../../src/protocol/index.ts';

/** Words and texts that are told. */
const MOST_WORDS = 60;
const MOST_TEXTS = 50;
/** Bands that guesses are sorted into. */
const BANDS = 10;

interface Text {
  readonly text: string;
  readonly author: string | null;
}

/** Counts the answers to a poll one by one, each in constant time: a crowd answers within seconds. */
export class Tally {
  readonly #pollId: PollId;
  readonly #definition: PollDefinition;
  /** By option or step. */
  readonly #counts = new Map<number, number>();
  readonly #words = new Map<string, { count: number; readonly label: string }>();
  readonly #numbers = new Map<number, number>();
  /** In the order of answering. */
  readonly #texts = new Map<object, Text>();
  #sum = 0;
  #voters = 0;
  /** How often anybody has answered, which a restart does not change. */
  #revision = 0;

  constructor(pollId: PollId, definition: PollDefinition) {
    this.#pollId = pollId;
    this.#definition = definition;
  }

  get voters(): number {
    return this.#voters;
  }

  /**
   * @param author their name; it stays out of an anonymous poll
   * @param given how often they have answered since the last one that was added
   */
  add(answer: PollAnswer, author: string, given = 1): void {
    this.#revision += given;
    this.#voters += 1;
    this.#count(answer, 1);
    if (answer.type === 'text') {
      this.#texts.set(answer, { text: answer.text, author: this.#definition.anonymous ? null : author });
    }
  }

  /** @param answer the very object that was added */
  remove(answer: PollAnswer): void {
    this.#voters -= 1;
    this.#count(answer, -1);
    this.#texts.delete(answer);
  }

  view(): PollTally {
    const { kind, options, scale } = this.#definition;
    const numbers = [...this.#numbers.keys()];
    const hasNumbers = this.#voters > 0 && numbers.length > 0;
    const labels = kind === 'rating' ? Array.from({ length: scale }, (_, step) => String(step + 1)) : options;
    return {
      pollId: this.#pollId,
      revision: this.#revision,
      voters: this.#voters,
      counts:
        kind === 'words'
          ? this.#frequentWords()
          : kind === 'number'
            ? this.#bands()
            : labels.map((label, place) => ({ label, count: this.#counts.get(place) ?? 0 })),
      average: hasNumbers ? this.#sum / this.#voters : null,
      least: hasNumbers ? numbers.reduce((least, number) => Math.min(least, number)) : null,
      most: hasNumbers ? numbers.reduce((most, number) => Math.max(most, number)) : null,
      texts: [...this.#texts.values()].slice(-MOST_TEXTS).reverse(),
    };
  }

  #count(answer: PollAnswer, change: 1 | -1): void {
    const { kind, options } = this.#definition;
    if (answer.type === 'choices') {
      for (const [place, choice] of answer.choices.entries()) {
        const weight = kind === 'ranking' ? options.length - place : 1;
        this.#counts.set(choice, (this.#counts.get(choice) ?? 0) + change * weight);
      }
    } else if (answer.type === 'number') {
      this.#sum += change * answer.number;
      if (kind === 'rating') {
        const step = answer.number - 1;
        this.#counts.set(step, (this.#counts.get(step) ?? 0) + change);
      }
      const count = (this.#numbers.get(answer.number) ?? 0) + change;
      if (count > 0) this.#numbers.set(answer.number, count);
      else this.#numbers.delete(answer.number);
    } else if (answer.type === 'words') {
      // The same word twice in one answer counts once.
      for (const [folded, word] of new Map(answer.words.map((each) => [foldWord(each), each]))) {
        const known = this.#words.get(folded) ?? { count: 0, label: word };
        known.count += change;
        if (known.count > 0) this.#words.set(folded, known);
        else this.#words.delete(folded);
      }
    }
  }

  #frequentWords(): PollTally['counts'] {
    return [...this.#words.values()]
      .sort((one, other) => other.count - one.count || (one.label < other.label ? -1 : 1))
      .slice(0, MOST_WORDS)
      .map(({ label, count }) => ({ label, count }));
  }

  /** Guesses by bands of one width, each labelled by where it begins. */
  #bands(): PollTally['counts'] {
    const numbers = [...this.#numbers.keys()];
    if (numbers.length === 0) return [];
    const least = numbers.reduce((a, b) => Math.min(a, b));
    const most = numbers.reduce((a, b) => Math.max(a, b));
    if (least === most) return [{ label: String(least), count: this.#numbers.get(least) ?? 0 }];
    const isWhole = numbers.every(Number.isInteger);
    const width = isWhole ? Math.max(1, Math.ceil((most - least + 1) / BANDS)) : (most - least) / BANDS;
    const bands = isWhole ? Math.floor((most - least) / width) + 1 : BANDS;
    const counts = Array.from({ length: bands }, () => 0);
    for (const [number, count] of this.#numbers) {
      const band = Math.min(bands - 1, Math.floor((number - least) / width));
      counts[band] = (counts[band] ?? 0) + count;
    }
    return counts.map((count, band) => ({ label: String(round(least + band * width)), count }));
  }
}

const round = (number: number): number => Number(number.toPrecision(6));
