import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import * as v from 'valibot';
import { affordableRenditions, MOST_RENDITIONS } from '../broadcast/ladder.ts';
import { FILTER_FALLBACKS } from '../filter/external-filter.ts';
import { PARTICIPANTS_PER_WORKER } from '../media/mediasoup/media-options.ts';
import {
  checked,
  choice,
  onOff,
  optionalSetting,
  several,
  setting,
  text,
  whole,
  type SettingNotes,
} from './setting.ts';

const address = text('address', 'an IP address or host name', /^[A-Za-z0-9.:_-]{1,253}$/);
const ipAddress = checked(text('address', 'an IP address', /./), (value) => isIP(value) > 0);
const network = checked(text('network', 'an IP address, or a network such as 10.0.0.0/8', /./), isNetwork);
const folder = text('folder', 'a folder', /./);
const file = text('file', 'a file', /./);
const origin = text(
  'origin',
  'an origin such as https://shop.example, or *',
  /^(\*|https?:\/\/[A-Za-z0-9.-]+(:\d{1,5})?|https?:\/\/\[[0-9A-Fa-f:]+\](:\d{1,5})?)$/,
);
const port = { ...whole(0, 65_535), placeholder: '<port>', allowed: 'a port from 0 to 65535' };
const secret = text('secret', 'at least 32 characters', /^.{32,}$/);
const webAddress = text('url', 'an http or https address', /^https?:\/\/[^\s,]+$/);
const webhookKey = text(
  'secret',
  '"whsec_" and 24 to 64 random bytes in base64',
  /^whsec_(?=.{32,88}$)[A-Za-z0-9+/]+={0,2}$/,
);
const anyText = text('text', 'some text', /./);

const wholePort = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535));
const portRange = {
  form: 'value',
  placeholder: '<from-to>',
  allowed: 'two ports from 1024 to 65535 joined by a dash, the lower first, or 0-0 for any free ones',
  schema: v.pipe(
    v.union([
      v.object({ from: v.number(), to: v.number() }),
      v.pipe(
        v.string(),
        v.regex(/^\d+-\d+$/),
        v.transform((joined) => {
          const [from, to] = joined.split('-').map(Number);
          return { from, to };
        }),
      ),
    ]),
    v.object({ from: wholePort, to: wholePort }),
    v.check(({ from, to }) => from <= to && (from >= 1_024 || to === 0)),
  ),
} as const;

/**
 * Every setting of the server, once. Its name here is its name in the file; `turnUrls` is `--turn-urls` as a flag and
 * `ILS_TURN_URLS` in the environment. Flags win over the environment, the environment over the file.
 */
export const settings = v.strictObject({
  dev: setting(onOff, false, {
    group: 'Server',
    about: 'Development: hands a token of any role to anyone who asks, serves the demo pages. Never in public.',
  }),
  config: optionalSetting(file, { group: 'Server', about: 'A JSON file of settings, by their names below.' }),
  host: setting(address, '0.0.0.0', { group: 'Server', about: 'Address to listen on for HTTP and WebSocket.' }),
  port: setting(port, 7_888, {
    group: 'Server',
    about: 'Port for HTTP and WebSocket; 0 takes a free one.',
  }),
  https: setting(onOff, false, {
    group: 'Server',
    about: 'Development: HTTPS as well, with a certificate of its own making, so that phones nearby may use a camera.',
  }),
  httpsPort: optionalSetting(port, { group: 'Server', about: 'Port for --https.', defaultText: 'port + 1' }),
  data: optionalSetting(folder, {
    group: 'Server',
    about: 'Folder of the database.',
    defaultText: './data; with --dev a folder of the user',
  }),
  demo: optionalSetting(onOff, {
    group: 'Server',
    about: 'Serve the demo pages and Storybook.',
    defaultText: 'on with --dev',
  }),
  kit: setting(onOff, true, { group: 'Server', about: 'Serve the built kit at /kit/, for pages of any origin.' }),
  pages: optionalSetting(folder, {
    group: 'Server',
    about: 'Folder that holds demo (the pages), dist (the built kit) and storybook-static.',
    defaultText: 'those that come with the server',
  }),
  trustedProxies: setting(several(network), [], {
    group: 'Server',
    about: 'Proxies in front, whose X-Forwarded-For tells the address of a client.',
    defaultText: 'none',
  }),

  secret: optionalSetting(secret, {
    group: 'Access',
    about: 'Secret that signs and checks tokens (HS256).',
    defaultText: 'none; with --dev a random one, kept in the data folder',
    secret: true,
  }),
  jwks: optionalSetting(
    checked(
      text('address', 'an https address or a file', /^(?!http:).|^http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/]/),
      (value) => !/^https?:/.test(value) || URL.canParse(value),
    ),
    {
      group: 'Access',
      about: 'Public keys (a JSON Web Key Set) that check tokens made elsewhere, instead of a secret.',
      defaultText: 'none',
    },
  ),
  tokenIssuer: optionalSetting(anyText, {
    group: 'Access',
    about: 'Issuer (iss) that a token must name.',
    defaultText: 'any',
  }),
  tokenAudience: optionalSetting(anyText, {
    group: 'Access',
    about: 'Audience (aud) that a token must name.',
    defaultText: 'any',
  }),
  apiKeys: optionalSetting(several(text('key', 'at least 16 visible characters without comma', /^[!-+\--~]{16,}$/)), {
    group: 'Access',
    about: 'Keys that open the REST API (Authorization: Bearer …).',
    defaultText: 'none, and the REST API refuses everyone; with --dev a well-known one',
    secret: true,
  }),
  allowedOrigins: setting(several(origin), [], {
    group: 'Access',
    about: 'Origins, beside its own, whose pages may connect; * is any.',
    defaultText: 'none; with --dev those on this machine',
  }),

  embedOrigins: optionalSetting(several(origin), {
    group: 'Access',
    about: 'Origins whose pages may show rooms in a frame (/embed/ROOM), with visitors who need no token; * is any.',
    defaultText: 'none, and no room is embedded; with --dev any',
  }),
  embedRole: setting(text('role', 'the name of a role', /^[a-z][a-z0-9-]{0,31}$/), 'viewer', {
    group: 'Access',
    about: 'What visitors of embedded pages are.',
  }),
  templateOrigins: setting(several(origin), [], {
    group: 'Access',
    about: 'Origins whose pages hosts may name as template of a broadcast; * is any. The REST API may name all.',
    defaultText: 'none but the built-in template',
  }),

  chatMostPerSecond: setting(whole(0, 10_000, 'messages'), 100, {
    group: 'Rooms',
    about: 'Chat messages a second above which viewers are told a fair sample, unless a room says otherwise; 0: never.',
  }),
  maxParticipants: setting(whole(1, 100_000, 'participants'), 10_000, {
    group: 'Rooms',
    about: 'Most participants of one room.',
  }),
  createOnJoin: setting(onOff, true, {
    group: 'Rooms',
    about: 'Joining, or minting a token for, a room that does not exist creates it. Off: only the REST API creates.',
  }),
  retentionDays: setting(whole(0, 36_500, 'days'), 30, {
    group: 'Rooms',
    about: 'How long ended rooms are kept with their chat; 0 is for ever.',
  }),
  templates: optionalSetting(file, {
    group: 'Rooms',
    about:
      'A JSON file of room templates: [{ "name", "roles": [{ "name", "publish", "watch", "permissions" }], "reactions": ["👏"], "preferredVideoCodec": "h264", "recordings": { "retentionDays": 90 } }].',
    defaultText: 'one, named default, with the built-in roles',
  }),

  mediaListen: optionalSetting(ipAddress, {
    group: 'Media',
    about: 'Address to listen on for media.',
    defaultText: 'as host',
  }),
  mediaAnnounced: optionalSetting(several(address), {
    group: 'Media',
    about: 'Addresses at which clients reach the media; behind NAT the public one.',
    defaultText: 'those of this machine',
  }),
  mediaPorts: setting(
    portRange,
    { from: 40_000, to: 40_099 },
    {
      group: 'Media',
      about: 'Ports for media, UDP and TCP.',
      defaultText: '40000-40099',
    },
  ),
  mediaUdp: setting(onOff, true, { group: 'Media', about: 'Media over UDP.' }),
  mediaTcp: setting(onOff, true, { group: 'Media', about: 'Media over TCP, where UDP is blocked.' }),
  workers: setting(whole(1, 256, 'processes'), availableParallelism(), {
    group: 'Media',
    about: 'Media workers.',
    defaultText: 'one per core',
  }),
  participantsPerWorker: setting(whole(1, 10_000, 'participants'), PARTICIPANTS_PER_WORKER, {
    group: 'Media',
    about: 'Participants that a worker carries before a room goes on to the next one.',
  }),
  stunUrls: setting(several(text('url', 'a stun: address', /^stuns?:\S+$/)), [], {
    group: 'Media',
    about: 'STUN servers for clients.',
    defaultText: 'none',
  }),
  turnUrls: setting(several(text('url', 'a turn: address', /^turns?:\S+$/)), [], {
    group: 'Media',
    about: 'TURN servers for clients.',
    defaultText: 'none',
  }),
  turnUsername: optionalSetting(anyText, { group: 'Media', about: 'TURN user name.', defaultText: 'none' }),
  turnCredential: optionalSetting(anyText, {
    group: 'Media',
    about: 'TURN password of that user.',
    defaultText: 'none',
    secret: true,
  }),
  turnSecret: optionalSetting(anyText, {
    group: 'Media',
    about: 'Secret shared with the TURN servers, instead of a user: every client gets a credential of its own.',
    defaultText: 'none',
    secret: true,
  }),
  turnTtlSeconds: setting(whole(60, 604_800, 'seconds'), 86_400, {
    group: 'Media',
    about: 'How long such a credential is good.',
  }),

  preferredVideoCodec: setting(choice(['auto', 'vp8', 'h264']), 'auto', {
    group: 'Media',
    about:
      'What cameras and screens are encoded in where a browser can do both. auto: H.264 in rooms that broadcast, which makes their broadcast cheap, else VP8.',
  }),
  whipTimeoutSeconds: setting(whole(1, 600, 'seconds'), 15, {
    group: 'Media',
    about:
      'How long a WHIP or WHEP session may be without a connection, once it is missed, before its participant leaves.',
  }),

  broadcastRoute: setting(choice(['auto', 'composer', 'direct']), 'auto', {
    group: 'Broadcast',
    about:
      'auto: one participant with a camera in H.264 is broadcast as it is, without a browser or a second encoding; everything else is drawn by a composer. composer: always. direct: never a composer.',
  }),
  broadcastRenditions: setting(whole(1, MOST_RENDITIONS, 'sizes'), affordableRenditions(), {
    group: 'Broadcast',
    about:
      'Sizes in which a composer encodes the picture, each with half the width and height of the one before: 3 are 720p, 360p and 180p. The sound alone is always there.',
    defaultText: '1 on up to two cores, 2 on fewer than eight, else 3',
  }),
  broadcastPartMs: setting(whole(200, 333, 'milliseconds'), 333, {
    group: 'Broadcast',
    about:
      'Length of a part: players stay three of them behind. Shorter is nearer to live, longer is fewer requests and fewer waits on busy machines.',
  }),
  broadcastSegmentMs: setting(whole(1_000, 6_000, 'milliseconds'), 1_000, {
    group: 'Broadcast',
    about:
      'Length of a segment; it ends at the next key frame. Players that know of no parts stay three of them behind.',
  }),
  broadcastOrigin: optionalSetting(webAddress, {
    group: 'Broadcast',
    about: 'Where players load broadcasts from, where a CDN or a proxy of another name stands in front.',
    defaultText: 'this server',
  }),
  broadcastRtmpCa: optionalSetting(file, {
    group: 'Broadcast',
    about: 'Certificates (PEM) by which RTMPS destinations are known, in place of those that the system trusts.',
    defaultText: 'the system’s',
  }),
  broadcastUrlTtlSeconds: setting(whole(0, 604_800, 'seconds'), 0, {
    group: 'Broadcast',
    about: 'How long a signed address of a broadcast is good; others are refused. 0 signs nothing and refuses nobody.',
  }),
  recordingRetentionDays: setting(whole(0, 36_500, 'days'), 0, {
    group: 'Broadcast',
    about: 'How long recordings are kept, where the room’s template does not say; 0 is for ever.',
  }),
  broadcastS3Endpoint: optionalSetting(webAddress, {
    group: 'Broadcast',
    about: 'S3-compatible storage for recordings, such as https://s3.eu-central-1.amazonaws.com.',
    defaultText: 'none; they are kept in the data folder',
  }),
  broadcastS3Bucket: optionalSetting(anyText, { group: 'Broadcast', about: 'Its bucket.', defaultText: 'none' }),
  broadcastS3Region: setting(anyText, 'us-east-1', { group: 'Broadcast', about: 'Its region.' }),
  broadcastS3Prefix: setting(text('text', 'some text without spaces', /^\S*$/), '', {
    group: 'Broadcast',
    about: 'What keys in the bucket begin with, such as live/.',
    defaultText: 'nothing',
  }),
  broadcastS3AccessKey: optionalSetting(anyText, {
    group: 'Broadcast',
    about: 'Access key of the storage.',
    defaultText: 'none',
    secret: true,
  }),
  broadcastS3SecretKey: optionalSetting(anyText, {
    group: 'Broadcast',
    about: 'Secret key of the storage.',
    defaultText: 'none',
    secret: true,
  }),

  webhookUrls: setting(several(webAddress), [], {
    group: 'Webhooks',
    about: 'Addresses that are told what happens in rooms, signed and repeated until they answer 2xx.',
    defaultText: 'none',
  }),
  webhookSecret: optionalSetting(webhookKey, {
    group: 'Webhooks',
    about: 'Key of the signature (Standard Webhooks): whsec_ and base64, from: openssl rand -base64 32.',
    defaultText: 'none',
    secret: true,
  }),

  walletUrl: optionalSetting(webAddress, {
    group: 'Webhooks',
    about: "Address of the site's own wallets, asked by signed webhook for each gift.",
    defaultText: "wallets in this server's ledger",
  }),
  walletTimeoutMs: setting(whole(100, 8_000, 'ms'), 3_000, {
    group: 'Webhooks',
    about: 'How long walletUrl may take; what it does not pay in time is given back.',
  }),

  chatFilterUrl: optionalSetting(webAddress, {
    group: 'Webhooks',
    about: "Address of the site's own filter of the chat, asked by signed webhook for each message.",
    defaultText: 'none',
  }),
  chatFilterTimeoutMs: setting(whole(50, 5_000, 'ms'), 1_000, {
    group: 'Webhooks',
    about: 'How long chatFilterUrl may take for a message.',
  }),
  chatFilterFallback: setting(choice(FILTER_FALLBACKS), 'hold', {
    group: 'Webhooks',
    about: 'What becomes of a message to which chatFilterUrl gives no answer in time.',
  }),

  logLevel: setting(choice(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']), 'info', {
    group: 'Logs',
    about: 'Least grave of what is logged.',
  }),
  logFormat: optionalSetting(choice(['json', 'lines']), {
    group: 'Logs',
    about: 'Logs for machines or for eyes.',
    defaultText: 'json; with --dev lines',
  }),
});

export type SettingName = keyof typeof settings.entries;
export type Settings = v.InferOutput<typeof settings>;

export interface NamedSetting {
  readonly name: SettingName;
  readonly flag: string;
  readonly environment: string;
  readonly notes: SettingNotes;
  readonly byDefault: unknown;
}

const joinWords = (name: string, joint: string) => name.replaceAll(/[A-Z]/g, (letter) => joint + letter.toLowerCase());

/** Every setting by its three names, in the order of the schema. */
export const namedSettings: readonly NamedSetting[] = Object.entries(settings.entries).map(([name, entry]) => ({
  name: name as SettingName,
  flag: `--${joinWords(name, '-')}`,
  environment: `ILS_${joinWords(name, '_').toUpperCase()}`,
  notes: v.getMetadata(entry).notes,
  byDefault: v.getDefault(entry),
}));

function isNetwork(value: string): boolean {
  const [address = '', bits, ...rest] = value.split('/');
  const longest = { 4: 32, 6: 128 }[isIP(address)];
  if (longest === undefined || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest);
}
