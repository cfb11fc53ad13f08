import { execFileSync, spawn } from 'node:child_process';
import { createHmac, randomBytes, X509Certificate } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { crc32 } from 'node:zlib';

/** RFC 8489 and RFC 8445. */
const stun = {
  bindingRequest: 0x0001,
  magicCookie: 0x2112a442,
  fingerprintMask: 0x5354554e,
  username: 0x0006,
  messageIntegrity: 0x0008,
  priority: 0x0024,
  useCandidate: 0x0025,
  fingerprint: 0x8028,
  iceControlling: 0x802a,
};

export interface DtlsClientOptions {
  /** A folder for its certificate. */
  folder: string;
  /** The port of the transport on 127.0.0.1. */
  port: number;
  usernameFragment: string;
  password: string;
}

export interface DtlsClient {
  /** SHA-256 of its certificate, as in SDP. */
  fingerprint: string;
  /** Shakes hands: first ICE, then DTLS with an offer of SRTP. */
  start(): Promise<void>;
}

/** Creates the other end of a WebRTC transport out of OpenSSL's own client. */
export async function createDtlsClient(test: TestContext, options: DtlsClientOptions): Promise<DtlsClient> {
  const keyFile = path.join(options.folder, 'key.pem');
  const certificateFile = path.join(options.folder, 'certificate.pem');

  execFileSync(
    'openssl',
    // prettier-ignore
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=test',
      '-keyout', keyFile, '-out', certificateFile],
    { stdio: 'ignore' },
  );

  const toTransport = createSocket('udp4');
  const toClient = createSocket('udp4');
  let clientPort = 0;

  test.after(() => {
    toTransport.close();
    toClient.close();
  });

  return {
    fingerprint: new X509Certificate(await readFile(certificateFile)).fingerprint256,
    async start() {
      toTransport.send(createBindingRequest(options), options.port, '127.0.0.1');
      await once(toTransport, 'message', { signal: AbortSignal.timeout(10_000) });

      toTransport.on('message', (packet) => {
        // The first byte tells DTLS from STUN and RTP: RFC 7983.
        if ((packet[0] ?? 0) >= 20 && (packet[0] ?? 0) <= 63) toClient.send(packet, clientPort, '127.0.0.1');
      });
      toClient.on('message', (packet, { port }) => {
        clientPort = port;
        toTransport.send(packet, options.port, '127.0.0.1');
      });
      toClient.bind(0, '127.0.0.1');
      await once(toClient, 'listening');

      const client = spawn(
        'openssl',
        // prettier-ignore
        ['s_client', '-dtls1_2', '-connect', `127.0.0.1:${toClient.address().port}`, '-cert', certificateFile, '-key', keyFile,
          '-use_srtp', 'SRTP_AEAD_AES_256_GCM'],
        { stdio: ['pipe', 'ignore', 'ignore'] },
      );
      test.after(() => client.kill('SIGKILL'));
    },
  };
}

function createBindingRequest({ usernameFragment, password }: DtlsClientOptions): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt16BE(stun.bindingRequest, 0);
  header.writeUInt32BE(stun.magicCookie, 4);
  randomBytes(12).copy(header, 8);

  const message = Buffer.concat([
    header,
    createAttribute(stun.username, Buffer.from(`${usernameFragment}:client`)),
    createAttribute(stun.priority, Buffer.from([0x6e, 0x7f, 0x1e, 0xff])),
    createAttribute(stun.iceControlling, randomBytes(8)),
    createAttribute(stun.useCandidate, Buffer.alloc(0)),
  ]);
  const integrity = createHmac('sha1', password).update(withLength(message, 24)).digest();
  const signed = Buffer.concat([message, createAttribute(stun.messageIntegrity, integrity)]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE((crc32(withLength(signed, 8)) ^ stun.fingerprintMask) >>> 0);

  return withLength(Buffer.concat([signed, createAttribute(stun.fingerprint, checksum)]), 0);
}

/** The message with the length that it will have once `added` bytes have followed. */
function withLength(message: Buffer, added: number): Buffer {
  const copy = Buffer.from(message);
  copy.writeUInt16BE(message.length - 20 + added, 2);

  return copy;
}

function createAttribute(type: number, value: Buffer): Buffer {
  const attribute = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  attribute.writeUInt16BE(type, 0);
  attribute.writeUInt16BE(value.length, 2);
  value.copy(attribute, 4);

  return attribute;
}
