/** What must be in place before a suite can run. */
export type Requirement = 'programs' | 'wordPress' | 'worker' | 'kit' | 'serverBuild';

/** One part of `npm test`, run as a process of its own. */
export interface Suite {
  readonly name: string;
  readonly command: readonly [program: string, ...parameters: string[]];
  readonly needs: readonly Requirement[];
  /** Milliseconds after which the suite is stopped and counts as failed. */
  readonly timeLimitMs: number;
  /** Part of `npm run check`. */
  readonly fast?: boolean;
  /** Runs only where it is named: it installs much that nothing else needs. */
  readonly onlyNamed?: boolean;
  /** Test files; a suite that has none is not started. */
  readonly files?: readonly string[];
}

export interface SuiteCounts {
  /** What failed and why, in a few lines each. */
  readonly failures?: readonly string[];
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Names the file into which a suite that counts its own tests writes its `SuiteCounts`. */
export const countsFileVariable = 'ILS_COUNTS_FILE';
