import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { captionPlaylist } from '../../../server/src/broadcast/captions/caption-playlist.ts';
import { parseSubtitleSegment, validateCaptions } from '../../hls-validator/caption-rules.ts';
import { validateMediaPlaylist } from '../../hls-validator/media-playlist-rules.ts';
import { validateMultivariantPlaylist } from '../../hls-validator/multivariant-rules.ts';
import { validateDelta, validateSeries } from '../../hls-validator/series-rules.ts';

const HEAD = `#EXTM3U
#EXT-X-VERSION:9
#EXT-X-TARGETDURATION:2
#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=12,HOLD-BACK=6,PART-HOLD-BACK=0.66
#EXT-X-PART-INF:PART-TARGET=0.22
`;

const dateOf = (index: number) => new Date(Date.UTC(2030, 0, 1) + index * 2_000).toISOString();

/** A good segment of two seconds. */
const segment = (index: number) => `#EXT-X-PROGRAM-DATE-TIME:${dateOf(index)}
#EXTINF:2.00000,
${index}.m4s
`;

const parts = (index: number, durations: readonly number[]) =>
  durations
    .map(
      (duration, part) =>
        `#EXT-X-PART:DURATION=${duration},URI="${index}-${part}.m4s"${part === 0 ? ',INDEPENDENT=YES' : ''}\n`,
    )
    .join('');

interface GoodOptions {
  readonly first?: number;
  readonly count?: number;
  readonly tail?: string;
  readonly skip?: number;
}

/** A good live playlist; the last segment is open and has two parts. */
function live({ first = 10, count = 5, tail, skip = 0 }: GoodOptions = {}): string {
  const indices = Array.from({ length: count - skip }, (_, index) => first + skip + index);
  const open = first + count;
  return [
    `${HEAD}#EXT-X-MEDIA-SEQUENCE:${first}\n#EXT-X-DISCONTINUITY-SEQUENCE:0\n`,
    skip > 0 ? `#EXT-X-SKIP:SKIPPED-SEGMENTS=${skip}\n` : '#EXT-X-MAP:URI="init.mp4"\n',
    ...indices.map(segment),
    tail ??
      `#EXT-X-PROGRAM-DATE-TIME:${dateOf(open)}\n${parts(open, [0.2, 0.2])}#EXT-X-PRELOAD-HINT:TYPE=PART,URI="${open}-2.m4s"\n`,
  ].join('');
}

/** With date ranges behind the header. */
const ranged = (...ranges: readonly string[]) =>
  live().replace('#EXT-X-MAP', `${ranges.map((range) => `#EXT-X-DATERANGE:${range}\n`).join('')}#EXT-X-MAP`);
const RANGE = `ID="poll",CLASS="com.example.poll",START-DATE="${dateOf(12)}"`;

describe('the validator of playlists', () => {
  it('has nothing against good ones', () => {
    assert.deepEqual(validateMediaPlaylist(live()), []);
    assert.deepEqual(validateSeries([live(), live(), live({ first: 11 }), live({ first: 12, count: 6 })]), []);
    assert.deepEqual(validateSeries([ranged(RANGE), ranged(`${RANGE},DURATION=2.5,X-A="b"`)]), []);
    assert.deepEqual(validateDelta(live({ count: 8 }), live({ count: 8, skip: 2 }), live({ count: 8 })), []);
  });

  const broken: readonly (readonly [section: string, what: string, text: string])[] = [
    ['4.4.1.1', 'no EXTM3U', live().replace('#EXTM3U\n', '')],
    ['4.4.3.1', 'no target duration', live().replace('#EXT-X-TARGETDURATION:2\n', '')],
    ['4.4.3.1', 'a segment too long', live().replace('#EXTINF:2.00000', '#EXTINF:2.50000')],
    ['4.4.3.7', 'parts without PART-INF', live().replace('#EXT-X-PART-INF:PART-TARGET=0.22\n', '')],
    ['4.4.3.8', 'too small a PART-HOLD-BACK', live().replace('PART-HOLD-BACK=0.66', 'PART-HOLD-BACK=0.4')],
    ['4.4.3.8', 'too small a HOLD-BACK', live().replace('HOLD-BACK=6,', 'HOLD-BACK=4,')],
    ['4.4.3.8', 'too small a CAN-SKIP-UNTIL', live().replace('CAN-SKIP-UNTIL=12', 'CAN-SKIP-UNTIL=6')],
    ['4.4.4.9', 'a part too long', live({ tail: parts(15, [0.2, 0.25]) })],
    ['4.4.4.9', 'a part too short', live({ tail: parts(15, [0.2, 0.1, 0.2]) })],
    ['4.4.4.9', 'parts that do not add up', live({ tail: `${parts(15, [0.2, 0.2])}#EXTINF:1.9,\n15.m4s\n` })],
    ['4.4.4.6', 'a date that jumps', live().replace(dateOf(12), new Date(Date.UTC(2030, 0, 1) + 24_100).toISOString())],
    [
      '4.4.4.3',
      'a new map without a discontinuity',
      live({ tail: '#EXT-X-MAP:URI="other.mp4"\n#EXTINF:2,\n15.m4s\n' }),
    ],
    ['3.1.2', 'no map', live().replace('#EXT-X-MAP:URI="init.mp4"\n', '')],
    ['4.4.5.3', 'a hint at what is there', live().replace('URI="15-2.m4s"', 'URI="15-1.m4s"')],
    ['4.4.5.3', 'a hint after the end', `${live()}#EXT-X-ENDLIST\n`],
    ['4.4.3.5', 'a VOD without an end', live().replace(HEAD, `${HEAD}#EXT-X-PLAYLIST-TYPE:VOD\n`)],
    ['8', 'a version too low for EXT-X-SKIP', live({ count: 8, skip: 2 }).replace('VERSION:9', 'VERSION:6')],
    ['4.4.5.1', 'a date range without an id', ranged(RANGE.replace('ID="poll",', ''))],
    ['4.4.5.1', 'a date range without a start', ranged('ID="poll"')],
    ['4.4.5.1', 'a date range that ends before it starts', ranged(`${RANGE},END-DATE="${dateOf(11)}"`)],
    ['4.4.5.1', 'a date range of a length below nothing', ranged(`${RANGE},DURATION=-1`)],
    ['4.4.5.1', 'an attribute that nobody knows', ranged(`${RANGE},POLL="1"`)],
    ['4.4.5.1', 'one id for two', ranged(RANGE, RANGE.replace(dateOf(12), dateOf(13)))],
    ['4.1', 'a tag that stands twice', live().replace('#EXT-X-VERSION:9\n', '#EXT-X-VERSION:9\n#EXT-X-VERSION:9\n')],
  ];
  for (const [section, what, text] of broken) {
    it(`finds ${what} (${section})`, () => {
      assert.ok(validateMediaPlaylist(text).some((violation) => violation.section === section));
    });
  }

  const VTT = 'WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n\n00:00:01.000 --> 00:00:02.000\nHello\n';
  const captions = captionPlaylist(live().replaceAll(/^(\d+)\.m4s$/gm, '../show/video/$1.m4s'), 'en');
  const FILE = '../show/captions-en/12.vtt';

  it('has nothing against good captions', () => {
    assert.deepEqual(validateCaptions(captions, live(), { [FILE]: VTT }), []);
    assert.deepEqual(parseSubtitleSegment(VTT.replace('MPEGTS:0', 'MPEGTS:90000')), [
      { from: 2_000, to: 3_000, text: 'Hello' },
    ]);
  });

  const brokenCaptions: readonly (readonly [section: string, what: string, text: string, file: string])[] = [
    ['6.2.4', 'another target duration', captions.replace('TARGETDURATION:2', 'TARGETDURATION:4'), VTT],
    ['6.2.4', 'a segment of another length', captions.replace('#EXTINF:2.00000', '#EXTINF:1.5'), VTT],
    ['6.2.4', 'an end of their own', `${captions}#EXT-X-ENDLIST\n`, VTT],
    ['6.2.4', 'a break of their own', captions.replace('#EXTINF', '#EXT-X-DISCONTINUITY\n#EXTINF'), VTT],
    ['3.1.4', 'a header', captions.replace('#EXTINF', '#EXT-X-MAP:URI="init.mp4"\n#EXTINF'), VTT],
    ['3.1.4', 'no X-TIMESTAMP-MAP', captions, VTT.replace(/X-TIMESTAMP-MAP.*\n/, '')],
    ['3.1.4', 'a cue that ends before it begins', captions, VTT.replace('00:00:02', '00:00:00')],
  ];
  for (const [section, what, text, file] of brokenCaptions) {
    it(`finds captions with ${what} (${section})`, () => {
      const violations = validateCaptions(text, live(), { [FILE]: file });
      assert.ok(violations.some((violation) => violation.section === section));
    });
  }

  const series: readonly (readonly [section: string, what: string, texts: readonly string[]])[] = [
    ['4.4.3.2', 'a media sequence that falls', [live({ first: 11 }), live({ first: 10 })]],
    [
      '4.4.3.3',
      'a discontinuity that vanishes uncounted',
      [live().replace('#EXT-X-PROGRAM', '#EXT-X-DISCONTINUITY\n#EXT-X-PROGRAM'), live({ first: 11 })],
    ],
    ['6.2.1', 'a target duration that changes', [live(), live().replace('DURATION:2', 'DURATION:3')]],
    ['6.2.1', 'a segment that changes its URI', [live(), live().replace('12.m4s', 'x.m4s')]],
    ['6.2.1', 'a part that changes', [live(), live().replace('15-1.m4s', '15-x.m4s')]],
    ['6.2.1', 'a segment taken back', [live(), live({ count: 3 })]],
    ['4.4.5.1', 'a date range that changes', [ranged(RANGE), ranged(RANGE.replace('example', 'other'))]],
    ['6.2.1', 'a date range taken back', [ranged(RANGE), live()]],
    ['6.2.2', 'too little left', [live(), live({ first: 14, count: 1 })]],
    ['6.2.5.1', 'a delta over what was never known', [live({ first: 14 }), live({ first: 10, count: 8, skip: 2 })]],
    [
      '4.4.3.5',
      'an event that loses its beginning',
      [
        live().replace(HEAD, `${HEAD}#EXT-X-PLAYLIST-TYPE:EVENT\n`),
        live({ first: 11 }).replace(HEAD, `${HEAD}#EXT-X-PLAYLIST-TYPE:EVENT\n`),
      ],
    ],
  ];
  for (const [section, what, texts] of series) {
    it(`finds ${what} in a series (${section})`, () => {
      assert.ok(validateSeries(texts).some((violation) => violation.section === section));
    });
  }

  it('finds a delta update that says another thing or leaves out too much (6.2.5.1)', () => {
    const whole = live({ count: 8 });
    const other = live({ count: 8, skip: 2 }).replace('15.m4s', 'x.m4s');
    for (const delta of [other, live({ count: 8, skip: 4 })]) {
      assert.ok(validateDelta(whole, delta, whole).some(({ section }) => section === '6.2.5.1'));
    }
  });

  it('finds what is wrong with a multivariant playlist (4.4.6.2)', () => {
    const good = `#EXTM3U
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="Programme",CHANNELS="2",URI="audio.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=200,AVERAGE-BANDWIDTH=100,CODECS="avc1.42C00D,mp4a.40.2",RESOLUTION=320x180,FRAME-RATE=30.000,AUDIO="sound"
video.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=50,CODECS="mp4a.40.2",AUDIO="sound"
audio.m3u8
`;
    assert.deepEqual(validateMultivariantPlaylist(good), []);
    for (const [from, to] of [
      ['CODECS="avc1.42C00D,mp4a.40.2",', ''],
      ['RESOLUTION=320x180,', ''],
      ['BANDWIDTH=200', 'BANDWIDTH=0'],
      ['AVERAGE-BANDWIDTH=100', 'AVERAGE-BANDWIDTH=300'],
      ['AUDIO="sound"', 'AUDIO="noise"'],
      ['CODECS="mp4a.40.2",AUDIO', 'CODECS="avc1.42C00D",AUDIO'],
      ['AUDIO="sound"\naudio.m3u8', 'AUDIO="sound"\nother.m3u8'],
      ['BANDWIDTH=50', 'BANDWIDTH=500'],
    ] as const) {
      assert.notDeepEqual(validateMultivariantPlaylist(good.replace(from, to)), [], from);
    }
  });
});
