import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ConfigError } from '../config/config.ts';

export interface Certificate {
  readonly key: Buffer;
  readonly cert: Buffer;
}

const VALID_DAYS = 365;
const DAY_MS = 86_400_000;

/**
 * A self-signed certificate for this machine's addresses, kept in the data folder so that a browser asks once.
 * @throws ConfigError where there is no `openssl` program.
 */
export async function keepCertificate(dataFolder: string, addresses: readonly string[]): Promise<Certificate> {
  const keyPath = join(dataFolder, 'development-key.pem');
  const certPath = join(dataFolder, 'development-certificate.pem');
  const kept = await readCertificate(keyPath, certPath);
  if (kept !== undefined && covers(new X509Certificate(kept.cert), addresses)) return kept;

  const names = ['DNS:localhost', ...addresses.map((address) => `IP:${address}`)].join(',');
  // prettier-ignore
  const parameters = [
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc', '-days', String(VALID_DAYS),
    '-subj', '/CN=ILS Kit development', '-addext', `subjectAltName=${names}`,
    '-keyout', keyPath, '-out', certPath,
  ];
  try {
    await promisify(execFile)('openssl', parameters);
  } catch (error) {
    const { code, stderr } = error as NodeJS.ErrnoException & { stderr?: string };
    throw new ConfigError([
      code === 'ENOENT'
        ? 'https: needs the program openssl (Debian: apt-get install openssl)'
        : `https: openssl made no certificate: ${stderr ?? ''}`.trim(),
    ]);
  }
  return { key: await readFile(keyPath), cert: await readFile(certPath) };
}

async function readCertificate(keyPath: string, certPath: string): Promise<Certificate | undefined> {
  try {
    return { key: await readFile(keyPath), cert: await readFile(certPath) };
  } catch {
    return undefined;
  }
}

function covers(certificate: X509Certificate, addresses: readonly string[]): boolean {
  const endsAt = Date.parse(certificate.validTo);
  return endsAt > Date.now() + DAY_MS && addresses.every((address) => certificate.checkIP(address) !== undefined);
}
