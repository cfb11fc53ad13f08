import { type Config, DEVELOPMENT_API_KEY } from './config/config.ts';
import { findLocalAddresses, isLoopback } from './config/local-addresses.ts';
import { version } from './package.ts';
import type { RunningServer } from './server.ts';

/** What a person who started the server wants to know. The last line holds `ready`. */
export function describeStart(config: Config, { port, httpsPort }: Pick<RunningServer, 'port' | 'httpsPort'>): string {
  const everywhere = ['0.0.0.0', '::'].includes(config.host);
  const local = `http://${everywhere || isLoopback(config.host) ? 'localhost' : config.host}:${port}`;
  const network = everywhere ? findLocalAddresses() : [];
  const lines: [string, string][] = [
    ['on this machine', local],
    ...network.map((address): [string, string] => ['on your network', `http://${address}:${port}`]),
    ...(httpsPort === undefined ? [] : securePlaces(network, httpsPort)),
    ['REST API', `${local}/openapi.json`],
    ['data', config.data],
  ];
  const pages = config.demo ? '  (studio /studio · watch /watch · embed /embed)' : '';
  return [
    `ILS Kit room server ${version}`,
    '',
    ...lines.map(([name, value]) => `  ${name.padEnd(18)}${value}`),
    ...(config.dev ? DEVELOPMENT_WARNING : []),
    '',
    `ready: ${local}${pages}`,
    '',
  ].join('\n');
}

function securePlaces(network: readonly string[], httpsPort: number): [string, string][] {
  const hosts = network.length === 0 ? ['localhost'] : network;
  return hosts.map((host) => ['for phones', `https://${host}:${httpsPort}  (your browser will warn once: go on)`]);
}

const DEVELOPMENT_WARNING = [
  '',
  '  DEVELOPMENT MODE. Whoever reaches this server can become host of any room (/dev/token),',
  `  and its REST API opens to the key "${DEVELOPMENT_API_KEY}". Never use it in public.`,
];
