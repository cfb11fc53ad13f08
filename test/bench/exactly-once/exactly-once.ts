import { runAudienceStorm } from '../../server/ws/audience-storm.ts';
import type { Result } from '../report.ts';

/**
 * 10,000 gifts and 10,000 votes by 200 of the kit's own clients in one room, while sockets are cut, requests doubled and the
 * server killed ten times. What is not as it must be ends it: see `runAudienceStorm`.
 */
export async function measureExactlyOnce(): Promise<readonly Result[]> {
  const storm = { clients: 200, gifts: 50, votes: 50, kills: 10, cuts: 30 };
  const { given, refused, voted, doubled, returns, seconds } = await runAudienceStorm(storm);
  console.log(
    `  ${given} gifts, ${refused} refused, ${voted} votes; ${doubled} requests doubled, ${returns} returns; ${seconds.toFixed(1)} s`,
  );
  const wanted = storm.clients * storm.gifts;
  return [{ what: 'gifts neither given nor refused', value: wanted - given - refused, unit: 'gifts', atMost: 0 }];
}
