/** A rule of draft-pantos-hls-rfc8216bis that a playlist or an answer breaks. */
export interface Violation {
  /** Number of the rule's section. */
  readonly section: string;
  readonly problem: string;
}

export class Violations {
  readonly found: Violation[] = [];

  /** Notes the problem if the rule does not hold. */
  check(holds: boolean, section: string, problem: string): void {
    if (!holds) this.found.push({ section, problem });
  }
}
