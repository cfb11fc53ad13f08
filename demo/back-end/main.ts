import { createServer } from 'node:http';
import { createBackEnd } from './back-end.ts';

/** A secret or address that the back end cannot do without. */
function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set`);
  return value;
}

const port = Number(process.env['PORT'] ?? 7890);
const handle = createBackEnd({
  origin: process.env['ROOM_SERVER'] ?? 'http://localhost:7888',
  apiKey: setting('ROOM_SERVER_KEY'),
  webhookSecret: setting('WEBHOOK_SECRET'),
  paymentSecret: setting('PAYMENT_SECRET'),
});
createServer(handle).listen(port, '127.0.0.1', () => {
  console.log(`takes webhooks at http://127.0.0.1:${port}/hooks and payments at http://127.0.0.1:${port}/payments`);
});
