import type { RenditionName } from './segment.ts';

/** What broadcasts report as it happens. */
export interface BroadcastMetrics {
  /** A part was cut. */
  partMade(track: RenditionName, bytes: number): void;
  /** So much was sent to readers. */
  delivered(kind: 'playlist' | 'part' | 'segment' | 'file', status: number, bytes: number): void;
  /** So much was stored. */
  stored(bytes: number): void;
  /** A segment could not be stored and is lost. */
  segmentLost(): void;
}

export const noBroadcastMetrics: BroadcastMetrics = {
  partMade() {},
  delivered() {},
  stored() {},
  segmentLost() {},
};
